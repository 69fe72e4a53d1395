package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// How many members a page may have.
public record MaxItems(int value) {
  public MaxItems {
    Constraint.checkRange(value, 1, 1000);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
