package dev.daypass.wire.sts;

import dev.daypass.wire.Arn;
import dev.daypass.wire.Constraint;

/// The ARN of a role, not yet known to exist.
public record RoleArn(String value) {
  private static final Constraint RULE =
      Constraint.of(
          20, 2048, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD]+");

  public RoleArn {
    RULE.check(value);
  }

  /// Whether this has the form of a role's ARN at all.
  public boolean wellFormed() {
    return value.matches("arn:aws:iam::\\d{12}:role/.+");
  }

  /// The account of the role, where this is well-formed.
  public String account() {
    return Arn.parse(value).account();
  }

  @Override
  public String toString() {
    return value;
  }
}
