package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// The host of an OAuth 2.0 provider whose access tokens AWS takes.
public record ProviderId(String value) {
  private static final Constraint RULE = Constraint.of(4, 2048, "[\\s\\S]*");

  public ProviderId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
