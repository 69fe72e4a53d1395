package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// How long a password lasts, in days.
public record MaxPasswordAge(int value) {
  public MaxPasswordAge {
    Constraint.checkRange(value, 1, 1095);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
