package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// What is said to be a private key in PEM, never shown.
public record PrivateKey(Secret value) {
  private static final Constraint RULE =
      Constraint.of(1, 16384, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public PrivateKey {
    RULE.check(value.revealText());
  }
}
