package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// How long a session shall last, in seconds.
public record SessionDuration(int value) {
  public SessionDuration {
    Constraint.checkRange(value, 900, 43200);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
