package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The ARN of a SAML provider: `arn:aws:iam::ACCOUNT:saml-provider/NAME`.
public record SamlProviderArn(String value) {
  private static final Constraint RULE = Constraint.of(20, 2048, "[^\\p{Cntrl}]*");

  public SamlProviderArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
