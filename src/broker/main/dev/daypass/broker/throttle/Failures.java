package dev.daypass.broker.throttle;

import static dev.daypass.wire.ErrorCode.THROTTLING;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// How often what an identity provider is to have issued may be refused, from one address: a
/// hundred times at once, then ten times a second. Each node counts for itself, in memory, so that
/// they are taken without Redis too.
@Singleton
public final class Failures {
  private static final Duration EACH = Duration.ofMillis(100);
  private static final Duration MOST_AHEAD = EACH.multipliedBy(100);
  private static final Duration SET_BACK = Duration.ofSeconds(30);
  private static final long MOST_ADDRESSES = 100_000;

  private final Clock clock;
  private volatile Instant latest = Instant.MIN;
  private final Cache<String, Instant> paidUntil =
      Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

  Failures(Clock clock) {
    this.clock = clock;
  }

  /// Fails with `Throttling` where the address had too many refused.
  public void check(String address) {
    Instant now = now();
    Instant until = paidUntil.getIfPresent(address);
    if (until != null && until.isAfter(now.plus(MOST_AHEAD))) {
      throw THROTTLING.error("Rate exceeded");
    }
  }

  /// Counts one that was refused.
  public void count(String address) {
    Instant now = now();
    paidUntil
        .asMap()
        .merge(
            address, now.plus(EACH), (until, _) -> (until.isAfter(now) ? until : now).plus(EACH));
  }

  /// What was counted by a clock that has been set back since would keep everybody out until it is
  /// as late again.
  private Instant now() {
    Instant now = clock.instant();
    if (now.plus(SET_BACK).isBefore(latest)) {
      paidUntil.invalidateAll();
    }
    latest = now;
    return now;
  }
}
