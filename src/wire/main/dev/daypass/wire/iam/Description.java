package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What a role is for.
public record Description(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 1000, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

  public Description {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
