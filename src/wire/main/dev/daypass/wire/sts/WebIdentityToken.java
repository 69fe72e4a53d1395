package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;
import dev.daypass.wire.Secret;

/// The token of an identity provider. Whoever has it can be whom it names, so it is never shown.
public record WebIdentityToken(Secret value) {
  private static final Constraint RULE = Constraint.of(4, 20_000, "[\\s\\S]*");

  public WebIdentityToken {
    RULE.check(value.revealText());
  }
}
