package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of a SAML provider, unique within its account without regard to case.
public record SamlProviderName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w._-]+");

  public SamlProviderName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
