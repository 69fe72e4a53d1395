package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The SHA-1 hash of a certificate in 40 hexadecimal digits.
public record Thumbprint(String value) {
  private static final Constraint RULE = Constraint.of(40, 40, "[0-9A-Fa-f]*");

  public Thumbprint {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
