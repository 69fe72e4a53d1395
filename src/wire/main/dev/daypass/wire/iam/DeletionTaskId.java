package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What the deletion of a service-linked role is called: `task/aws-service-role/SERVICE/ROLE/UUID`.
public record DeletionTaskId(String value) {
  private static final Constraint RULE = Constraint.of(1, 1000, "[^\\p{Cntrl}]*");

  public DeletionTaskId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
