package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// An account or an organizational unit.
public record ChildId(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 100, "(\\d{12})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})");

  public ChildId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
