package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The ARN of whatever has tags.
public record ResourceArn(String value) {
  private static final Constraint RULE = Constraint.of(1, 1011, "[\\x20-\\x7E]*");

  public ResourceArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
