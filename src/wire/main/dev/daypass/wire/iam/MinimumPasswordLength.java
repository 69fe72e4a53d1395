package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The fewest characters of a password.
public record MinimumPasswordLength(int value) {
  public MinimumPasswordLength {
    Constraint.checkRange(value, 6, 128);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
