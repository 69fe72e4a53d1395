package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of a policy.
public record PolicyName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w+=,.@-]+");

  public PolicyName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
