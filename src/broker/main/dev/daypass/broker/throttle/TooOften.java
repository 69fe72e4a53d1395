package dev.daypass.broker.throttle;

import java.time.Duration;

/// An attempt too many.
public final class TooOften extends RuntimeException {
  private final Duration wait;

  TooOften(Duration wait) {
    super("too many attempts", null, false, false);
    this.wait = wait;
  }

  /// How long until the next may be made.
  public Duration untilNext() {
    return wait;
  }
}
