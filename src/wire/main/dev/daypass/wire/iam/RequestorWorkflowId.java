package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// What whoever asks calls the work that a delegation request is for.
public record RequestorWorkflowId(String value) {
  private static final Constraint RULE =
      Constraint.of(5, 400, "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]+");

  public RequestorWorkflowId {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
