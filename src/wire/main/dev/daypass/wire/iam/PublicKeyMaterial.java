package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What is said to be a public key, as `ssh-rsa …` (RFC 4253) or in PEM (RFC 7468).
public record PublicKeyMaterial(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 16384, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public PublicKeyMaterial {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
