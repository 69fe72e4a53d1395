package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The id of a signing certificate.
public record CertificateId(String value) {
  private static final Constraint RULE = Constraint.of(24, 128, "[\\w]+");

  public CertificateId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
