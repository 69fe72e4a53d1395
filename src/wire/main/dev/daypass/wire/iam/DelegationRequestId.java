package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The id of a delegation request.
public record DelegationRequestId(String value) {
  private static final Constraint RULE = Constraint.of(16, 128, "[\\w-]+");

  public DelegationRequestId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
