package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// Where the next page of a list begins. Opaque to callers.
public record NextToken(String value) {
  private static final Constraint RULE = Constraint.of(0, 100000, "[\\s\\S]*");

  public NextToken {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
