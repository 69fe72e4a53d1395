package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// How long a session of a user shall last, in seconds.
public record TokenDuration(int value) {
  public TokenDuration {
    Constraint.checkRange(value, 900, 129600);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
