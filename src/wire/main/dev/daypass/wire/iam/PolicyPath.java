package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Where a managed policy stands in its account.
public record PolicyPath(String value) {
  private static final Constraint RULE = Constraint.of(1, 512, "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");

  public PolicyPath {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
