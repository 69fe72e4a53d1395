package dev.daypass.wire.iam;

import dev.daypass.wire.Constraint;

/// Where whoever asks wants to hear of a delegation request.
public record NotificationChannel(String value) {
  private static final Constraint RULE = Constraint.of(2, 400, "[a-zA-Z0-9:_.-]+");

  public NotificationChannel {
    RULE.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
