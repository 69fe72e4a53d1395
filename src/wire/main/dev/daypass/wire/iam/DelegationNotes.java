package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What is said about a delegation request while it is decided.
public record DelegationNotes(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 500, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

  public DelegationNotes {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
