package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What names a report that was asked for.
public record JobId(String value) {
  private static final Constraint RULE = Constraint.of(36, 36, ".*");

  public JobId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
