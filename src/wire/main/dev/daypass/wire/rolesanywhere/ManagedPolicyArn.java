package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The ARN of a policy that narrows the sessions of a profile.
public record ManagedPolicyArn(String value) {
  private static final Constraint RULE = Constraint.of(1, 200, "[\\x20-\\x7E]*");

  public ManagedPolicyArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
