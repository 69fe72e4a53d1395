package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The URL of an OIDC provider as a caller gives it, not yet known to be an issuer's.
public record OidcProviderUrl(String value) {
  private static final Constraint RULE = Constraint.of(1, 255, "[\\s\\S]*");

  public OidcProviderUrl {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
