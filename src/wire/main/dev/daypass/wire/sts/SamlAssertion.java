package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// What an identity provider answered: a SAML response in Base64. Whoever has it can be whom it
/// names, so it is never shown.
public record SamlAssertion(Secret value) {
  private static final Constraint RULE = Constraint.of(4, 100_000, "[\\s\\S]*");

  public SamlAssertion {
    RULE.check(value.revealText());
  }
}
