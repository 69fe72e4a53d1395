package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// A service, as actions in policies begin: `iam`, `s3`.
public record ServiceNamespace(String value) {
  private static final Constraint RULE = Constraint.of(1, 64, "[\\w-]*");

  public ServiceNamespace {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
