package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// A code that an MFA device shows: six ASCII digits and nothing else.
public record AuthenticationCode(Secret value) {
  private static final Constraint RULE = Constraint.of(6, 6, "[0-9]+");

  public AuthenticationCode {
    RULE.check(value.revealText());
  }
}
