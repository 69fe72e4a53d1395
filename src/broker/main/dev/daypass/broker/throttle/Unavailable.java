package dev.daypass.broker.throttle;

/// Attempts cannot be counted, so there are none.
public final class Unavailable extends RuntimeException {
  public Unavailable(Throwable cause) {
    super("attempts cannot be counted", cause);
  }
}
