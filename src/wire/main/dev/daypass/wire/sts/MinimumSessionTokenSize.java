package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// How large a session token shall at least be, in bytes: to find out whether everything on its way
/// can carry the largest.
public record MinimumSessionTokenSize(int value) {
  /// The largest session token there is, in bytes.
  public static final int LARGEST = 4096;

  public MinimumSessionTokenSize {
    Constraint.checkRange(value, 0, LARGEST);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
