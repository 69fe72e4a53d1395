package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// What a caller names its session; the last part of the session's ARN.
public record RoleSessionName(String value) {
  private static final Constraint RULE = Constraint.of(2, 64, "[\\w+=,.@-]*");

  public RoleSessionName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
