package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// A policy document as its author typed it.
public record PolicyContent(String value) {
  private static final Constraint RULE = Constraint.of(1, 1048576, "[\\s\\S]*");

  public PolicyContent {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
