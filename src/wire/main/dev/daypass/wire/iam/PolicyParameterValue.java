package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What is put into a place of a policy template.
public record PolicyParameterValue(String value) {
  private static final Constraint RULE = Constraint.of(0, 2048, "[ -~]+");

  public PolicyParameterValue {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
