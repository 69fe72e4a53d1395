package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What a managed policy is for.
public record PolicyDescription(String value) {
  private static final Constraint RULE = Constraint.of(0, 1000, "[\\s\\S]*");

  public PolicyDescription {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
