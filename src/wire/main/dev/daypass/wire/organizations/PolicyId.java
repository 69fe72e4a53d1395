package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// A policy of an organization: `p-…`.
public record PolicyId(String value) {
  private static final Constraint RULE = Constraint.of(0, 130, "p-[0-9a-zA-Z_]{8,128}");

  public PolicyId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
