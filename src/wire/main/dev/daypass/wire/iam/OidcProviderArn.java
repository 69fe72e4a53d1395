package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The ARN of an OIDC provider: `arn:aws:iam::ACCOUNT:oidc-provider/host/path`.
public record OidcProviderArn(String value) {
  private static final Constraint RULE = Constraint.of(20, 2048, "[^\\p{Cntrl}]*");

  public OidcProviderArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
