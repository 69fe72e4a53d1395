package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The ARN of a profile, not yet known to exist.
public record ProfileArn(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 1011, "arn:aws(-[^:]+)?:rolesanywhere(:.*){2}(:profile.*)");

  public ProfileArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
