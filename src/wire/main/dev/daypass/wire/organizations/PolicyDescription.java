package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What a policy is for.
public record PolicyDescription(String value) {
  private static final Constraint RULE = Constraint.of(0, 512, "[\\s\\S]*");

  public PolicyDescription {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
