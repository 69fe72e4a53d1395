package dev.daypass.wire.daypass;

import dev.daypass.wire.Constraint;

/// What names a session: the id of its access key (`ASIA…`), or the id of a sign-in. The id of a
/// long-term access key (`AKIA…`) names all that it was traded for.
public record SessionId(String value) {
  private static final Constraint RULE = Constraint.of(16, 128, "[\\w.-]+");

  public SessionId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
