package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// The ARN of whose a delegation request is.
public record OwnerId(String value) {
  private static final Constraint RULE = Constraint.of(20, 2048, "[a-zA-Z0-9:/+=,.@_-]+");

  public OwnerId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
