package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// A service, as roles trust it: `ecs.amazonaws.com`.
public record ServicePrincipal(String value) {
  private static final Constraint RULE = Constraint.of(1, 128, "[\\w+=,.@-]+");

  public ServicePrincipal {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
