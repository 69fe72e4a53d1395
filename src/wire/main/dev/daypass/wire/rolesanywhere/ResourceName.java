package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// What a trust anchor, a profile or a revocation list is called.
public record ResourceName(String value) {
  private static final Constraint RULE = Constraint.of(1, 255, "[ a-zA-Z0-9-_]*");

  public ResourceName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
