package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The id of a service-specific credential: `ACCA…`.
public record ServiceSpecificCredentialId(String value) {
  private static final Constraint RULE = Constraint.of(20, 128, "[\\w]+");

  public ServiceSpecificCredentialId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
