package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of a server certificate, unique within its account without regard to case.
public record ServerCertificateName(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w+=,.@-]+");

  public ServerCertificateName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
