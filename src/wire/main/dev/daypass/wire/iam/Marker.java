package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Where the next page of a list begins. Opaque to callers.
public record Marker(String value) {
  private static final Constraint RULE = Constraint.of(1, 320, "[\\u0020-\\u00FF]+");

  public Marker {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
