package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The language of a summary, such as `en` or `en-US`.
public record SummaryLocale(String value) {
  private static final Constraint RULE =
      Constraint.of(2, 12, "[a-zA-Z]{2,3}([_-][a-zA-Z0-9]{2,4})*");

  public SummaryLocale {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
