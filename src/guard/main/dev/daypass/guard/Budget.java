package dev.daypass.guard;

import java.util.function.LongSupplier;

/// So many things in a second, and as many at once.
final class Budget {
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanos;
  private double left;
  private long at;

  Budget(int perSecond, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.nanos = nanos;
    this.left = perSecond;
    this.at = nanos.getAsLong();
  }

  synchronized boolean take() {
    long now = nanos.getAsLong();
    left = Math.min(perSecond, left + (now - at) * perSecond / NANOS);
    at = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
