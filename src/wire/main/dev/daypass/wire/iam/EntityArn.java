package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The ARN of a user, group, role or managed policy.
public record EntityArn(String value) {
  private static final Constraint RULE =
      Constraint.of(
          20, 2048, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+");

  public EntityArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
