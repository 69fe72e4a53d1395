package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What a policy is called, unique among those of its type.
public record PolicyName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\s\\S]*");

  public PolicyName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
