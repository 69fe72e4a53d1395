package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// A service as policies name it: `codecommit.amazonaws.com`. AWS does not look at its case.
public record ServiceName(String value) {
  private static final Constraint RULE = Constraint.of(0, 128, "[\\w.-]*");

  public ServiceName {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
