package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// How long a role session shall last, in seconds.
public record RoleDuration(int value) {
  public RoleDuration {
    Constraint.checkRange(value, 900, 43200);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
