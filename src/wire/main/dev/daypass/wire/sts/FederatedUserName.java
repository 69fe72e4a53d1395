package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// What whoever asks calls the person or program that a federated session is for.
public record FederatedUserName(String value) {
  private static final Constraint RULE = Constraint.of(2, 32, "[\\w+=,.@-]*");

  public FederatedUserName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
