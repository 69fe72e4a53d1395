package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// What stands for a request for delegation that was granted.
public record TradeInToken(String value) {
  private static final Constraint RULE = Constraint.of(1, 2048, "[!-~]+");

  public TradeInToken {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
