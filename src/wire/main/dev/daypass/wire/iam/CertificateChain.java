package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What is said to be the certificates behind another one, its issuer first, in PEM (RFC 7468).
public record CertificateChain(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 2097152, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public CertificateChain {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
