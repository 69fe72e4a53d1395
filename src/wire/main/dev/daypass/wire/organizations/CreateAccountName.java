package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// What a new account is called.
public record CreateAccountName(String value) {
  private static final Constraint RULE = Constraint.of(1, 50, "[\\u0020-\\u007E]+");

  public CreateAccountName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
