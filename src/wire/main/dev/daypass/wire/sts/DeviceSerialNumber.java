package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// What names an MFA device.
public record DeviceSerialNumber(String value) {
  private static final Constraint RULE = Constraint.of(9, 256, "[\\w+=/:,.@-]*");

  public DeviceSerialNumber {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
