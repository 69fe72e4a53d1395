package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// How many members a page may have.
public record MaxResults(int value) {
  public MaxResults {
    Constraint.checkRange(value, 1, 20);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
