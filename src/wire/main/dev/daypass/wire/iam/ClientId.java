package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// An audience that an OIDC provider's tokens may be meant for.
public record ClientId(String value) {
  private static final Constraint RULE = Constraint.of(1, 255, "[^\\p{Cntrl}]*");

  public ClientId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
