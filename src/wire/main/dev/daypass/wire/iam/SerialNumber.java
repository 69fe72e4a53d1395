package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What names an MFA device: the ARN of a virtual one, or of a security key or passkey.
public record SerialNumber(String value) {
  /// In characters.
  public static final int LONGEST = 256;

  private static final Constraint RULE = Constraint.of(9, LONGEST, "[\\w+=/:,.@-]+");

  public SerialNumber {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
