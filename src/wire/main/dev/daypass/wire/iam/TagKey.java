package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The key of a tag, unique within what it is on without regard to case.
public record TagKey(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");

  public TagKey {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
