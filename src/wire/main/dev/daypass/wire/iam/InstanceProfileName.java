package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of an instance profile, unique within its account without regard to case.
public record InstanceProfileName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w+=,.@-]+");

  public InstanceProfileName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
