package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// A root or an organizational unit.
public record ParentId(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 100, "(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})");

  public ParentId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
