package dev.daypass.wire.daypass;

import dev.daypass.wire.Constraint;

/// The `kid` of a key of the broker.
public record KeyId(String value) {
  private static final Constraint RULE = Constraint.of(1, 64, "[\\w-]+");

  public KeyId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
