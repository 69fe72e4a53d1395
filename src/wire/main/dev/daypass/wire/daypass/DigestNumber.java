package dev.daypass.wire.daypass;

import dev.daypass.wire.Constraint;

/// The number of a digest of the trail: from 1 on, and 0 before the first.
public record DigestNumber(int value) {
  public DigestNumber {
    Constraint.checkRange(value, 0, Integer.MAX_VALUE);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
