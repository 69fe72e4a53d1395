package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// The address of an account's owner, unique among all accounts.
public record Email(String value) {
  private static final Constraint RULE = Constraint.of(6, 64, "[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

  public Email {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
