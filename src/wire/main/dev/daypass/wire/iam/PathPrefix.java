package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The beginning of paths.
public record PathPrefix(String value) {
  private static final Constraint RULE = Constraint.of(1, 512, "\\u002F[\\u0021-\\u007F]*");

  public PathPrefix {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
