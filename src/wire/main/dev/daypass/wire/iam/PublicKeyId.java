package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The id of an SSH public key: `APKA…`.
public record PublicKeyId(String value) {
  private static final Constraint RULE = Constraint.of(20, 128, "[\\w]+");

  public PublicKeyId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
