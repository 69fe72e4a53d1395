package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What tells the roles of one service apart, at the end of their names.
public record CustomSuffix(String value) {
  private static final Constraint RULE = Constraint.of(1, 64, "[\\w+=,.@-]+");

  public CustomSuffix {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
