package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The version of a managed policy, such as `v3`.
public record VersionId(String value) {
  private static final Constraint RULE = Constraint.of(2, 64, "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");

  public VersionId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
