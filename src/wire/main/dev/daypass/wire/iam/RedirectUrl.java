package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Where to go on after a delegation request was decided.
public record RedirectUrl(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 255, "https?://[a-zA-Z0-9._/-]*(\\?[a-zA-Z0-9._=&-]*)?(#[a-zA-Z0-9._/-]*)?");

  public RedirectUrl {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
