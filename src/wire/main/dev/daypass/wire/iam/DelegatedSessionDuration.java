package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// How long a delegated session shall last, in seconds, counted from when its token is sent.
public record DelegatedSessionDuration(int value) {
  public DelegatedSessionDuration {
    Constraint.checkRange(value, 300, 43200);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
