package dev.daypass.wire.daypass;

import dev.daypass.wire.Constraint;

/// Whose sessions are meant: the ARN of a user, a role or an OIDC provider, or the unique id of a
/// user or a role, which names one that is gone too.
public record PrincipalReference(String value) {
  private static final Constraint RULE = Constraint.of(16, 2048, "arn:[!-~]+|(AIDA|AROA)\\w+");

  public PrincipalReference {
    RULE.check(value);
  }

  /// Whether this is a unique id, and no ARN.
  public boolean unique() {
    return !value.startsWith("arn:");
  }

  @Override
  public String toString() {
    return value;
  }
}
