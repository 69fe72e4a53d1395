package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The value of a tag.
public record TagValue(String value) {
  private static final Constraint RULE = Constraint.of(0, 256, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  public TagValue {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
