package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// Names the making of an account.
public record CreateAccountRequestId(String value) {
  private static final Constraint RULE = Constraint.of(0, 36, "car-[a-z0-9]{8,32}");

  public CreateAccountRequestId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
