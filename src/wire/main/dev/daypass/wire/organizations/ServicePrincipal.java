package dev.daypass.wire.organizations;

import dev.daypass.wire.Constraint;

/// A service by its name, such as `iam.amazonaws.com`.
public record ServicePrincipal(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w+=,.@-]*");

  public ServicePrincipal {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
