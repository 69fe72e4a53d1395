package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// How many members a page may have. AWS tells no range.
public record PageSize(int value) {
  public PageSize {
    Constraint.checkRange(value, 1, 1000);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
