package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The id of a private key of a SAML provider.
public record SamlPrivateKeyId(String value) {
  private static final Constraint RULE = Constraint.of(22, 64, "[A-Z0-9]+");

  public SamlPrivateKeyId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
