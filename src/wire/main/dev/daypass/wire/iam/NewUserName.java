package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name a user is to have: shorter than what an existing one may be called.
public record NewUserName(String value) {
  private static final Constraint RULE = Constraint.of(1, 64, "[\\w+=,.@-]+");

  public NewUserName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
