package dev.daypass.sidecar.http;

import java.util.function.LongSupplier;

/// So many a second, and as many at once.
final class Rate {
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long counted;

  Rate(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.left = perSecond;
    this.counted = nanoTime.getAsLong();
  }

  synchronized boolean take() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + (now - counted) / NANOS * perSecond);
    counted = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
