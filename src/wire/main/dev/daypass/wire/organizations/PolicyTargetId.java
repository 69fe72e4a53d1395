package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What a policy can be attached to: a root, an organizational unit or an account.
public record PolicyTargetId(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 100, "(r-[0-9a-z]{4,32})|(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})");

  public PolicyTargetId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
