package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// After how many days a service-specific credential expires.
public record CredentialAgeDays(int value) {
  public CredentialAgeDays {
    Constraint.checkRange(value, 1, 36600);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
