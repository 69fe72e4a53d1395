package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// The root of an organization: `r-…`.
public record RootId(String value) {
  private static final Constraint RULE = Constraint.of(0, 34, "r-[0-9a-z]{4,32}");

  public RootId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
