package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The name of a virtual MFA device.
public record DeviceName(String value) {
  private static final Constraint RULE = Constraint.of(1, 226, "[\\w+=,.@-]+");

  public DeviceName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
