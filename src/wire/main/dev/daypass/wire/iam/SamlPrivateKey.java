package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// A private key in PEM, never shown: with it, assertions are decrypted.
public record SamlPrivateKey(Secret value) {
  private static final Constraint RULE =
      Constraint.of(1, 16_384, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public SamlPrivateKey {
    RULE.check(value.revealText());
  }
}
