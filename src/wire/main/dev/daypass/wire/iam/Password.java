package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// A password, never shown.
public record Password(Secret value) {
  private static final Constraint RULE =
      Constraint.of(1, 128, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");

  public Password {
    RULE.check(value.revealText());
  }
}
