package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Why a delegation request is made, this time.
public record DelegationMessage(String value) {
  private static final Constraint RULE =
      Constraint.of(0, 200, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");

  public DelegationMessage {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
