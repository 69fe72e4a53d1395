package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// A policy that narrows one session.
public record SessionPolicyText(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 131072, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public SessionPolicyText {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
