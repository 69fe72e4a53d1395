package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// A name for an account, unique in the installation.
public record AccountAlias(String value) {
  private static final Constraint RULE =
      Constraint.of(3, 63, "[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]");

  public AccountAlias {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
