package dev.daypass.wire.sts;

import dev.daypass.wire.Constraint;

/// Who is behind a session, through every role it goes on to.
public record SourceIdentity(String value) {
  private static final Constraint RULE = Constraint.of(2, 64, "[\\w+=,.@-]*");

  public SourceIdentity {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
