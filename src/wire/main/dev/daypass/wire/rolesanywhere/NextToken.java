package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// Where the next page of a list begins. Opaque to callers.
public record NextToken(String value) {
  private static final Constraint RULE = Constraint.of(1, 10000, "[\\x20-\\x7E]*");

  public NextToken {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
