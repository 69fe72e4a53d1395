package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.Constraint;

/// The ARN of a trust anchor, not yet known to exist.
public record TrustAnchorArn(String value) {
  private static final Constraint RULE =
      Constraint.of(1, 1011, "arn:aws(-[^:]+)?:rolesanywhere(:.*){2}(:trust-anchor.*)");

  public TrustAnchorArn {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
