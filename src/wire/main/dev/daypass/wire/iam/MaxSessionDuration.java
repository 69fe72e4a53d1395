package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The longest session of a role, in seconds.
public record MaxSessionDuration(int value) {
  public MaxSessionDuration {
    Constraint.checkRange(value, 3600, 43200);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
