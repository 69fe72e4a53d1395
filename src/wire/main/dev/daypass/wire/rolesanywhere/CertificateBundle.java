package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The certificates of a trust anchor, in PEM.
public record CertificateBundle(String value) {
  private static final Constraint RULE = Constraint.of(1, 16000, "[\\x09\\x0A\\x0D\\x20-\\x7E]*");

  public CertificateBundle {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
