package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The ARN of a role that a profile is for.
public record ProfileRoleArn(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 1011, "arn:aws(-[^:]+)?:iam(:.*){2}(:role.*)");

  public ProfileRoleArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
