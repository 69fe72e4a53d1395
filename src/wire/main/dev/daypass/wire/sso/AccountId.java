package dev.daypass.wire.sso;

import dev.daypass.wire.Constraint;

/// Twelve digits.
public record AccountId(String value) {
  private static final Constraint RULE = Constraint.of(12, 12, "[0-9]+");

  public AccountId {
    RULE.check(value);
  }
}
