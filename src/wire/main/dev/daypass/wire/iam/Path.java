package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Where an entity stands in its account: `/`, or names between slashes.
public record Path(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 512, "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");

  public Path {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
