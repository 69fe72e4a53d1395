package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The unique id of a trust anchor, a profile, a revocation list or a subject.
public record ResourceId(String value) {
  private static final Constraint RULE =
      Constraint.of(36, 36, "[a-f0-9]{8}-([a-z0-9]{4}-){3}[a-z0-9]{12}");

  public ResourceId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
