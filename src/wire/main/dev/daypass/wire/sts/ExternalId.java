package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// What a third party must say to act for a customer.
public record ExternalId(String value) {
  private static final Constraint RULE = Constraint.of(2, 1224, "[\\w+=,.@:\\/-]*");

  public ExternalId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
