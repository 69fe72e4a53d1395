package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// A policy that narrows the sessions of a profile.
public record SessionPolicy(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 100000, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public SessionPolicy {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
