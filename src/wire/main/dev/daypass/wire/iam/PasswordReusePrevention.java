package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// How many former passwords cannot be chosen again.
public record PasswordReusePrevention(int value) {
  public PasswordReusePrevention {
    Constraint.checkRange(value, 1, 24);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
