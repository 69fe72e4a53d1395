package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of a place in a policy template.
public record PolicyParameterName(String value) {
  private static final Constraint RULE = Constraint.of(5, 256, "[ -~]+");

  public PolicyParameterName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
