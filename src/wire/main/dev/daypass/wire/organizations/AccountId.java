package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// The 12 digits of an account.
public record AccountId(String value) {
  private static final Constraint RULE = Constraint.of(0, 12, "\\d{12}");

  public AccountId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
