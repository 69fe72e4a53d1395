package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The account that a delegation request is for.
public record OwnerAccountId(String value) {
  private static final Constraint RULE = Constraint.of(12, 12, "\\d{12}");

  public OwnerAccountId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
