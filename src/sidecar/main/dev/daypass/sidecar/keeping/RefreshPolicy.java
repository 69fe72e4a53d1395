package dev.daypass.sidecar.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When credentials are fetched anew. Every number an operator needs to size an outage is here.
///
/// Chance comes in as a number from 0 to 1, so that a fleet that was started together does not ask
/// together.
public final class RefreshPolicy {
  /// The AWS SDKs begin to ask for others when less than 15 minutes are left; at or below that,
  /// botocore asks on every use.
  public static final Duration LEAST_SERVED = Duration.ofMinutes(16);

  /// What a role's credentials should last, for an outage of half of that to be survived.
  public static final Duration USUAL_LIFETIME = Duration.ofHours(1);

  /// Below this, half a life is no time to mend anything.
  public static final Duration SHORT_LIFETIME = Duration.ofMinutes(30);

  /// How often the broker is asked whether it still takes what it gave.
  public static final Duration STANDING_EVERY = Duration.ofSeconds(30);

  private static final double JITTER = 0.1;
  private static final double MOST_OF_LIFE = 0.8;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
  private static final Duration FIRST_PROBE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PROBE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 10;

  private RefreshPolicy() {}

  /// How much of a lifetime is left when it is time: half, at least 16 minutes, but never so much
  /// that there is nothing but fetching.
  public static Duration margin(Duration lifetime) {
    Duration half = lifetime.dividedBy(2);
    Duration served = shorter(LEAST_SERVED, scaled(lifetime, MOST_OF_LIFE));
    return half.compareTo(served) > 0 ? half : served;
  }

  /// When credentials are fetched anew: the margin before they expire, a tenth of their lifetime
  /// earlier or later.
  public static Instant refreshAt(Instant obtained, Instant expiration, double chance) {
    Duration lifetime = Duration.between(obtained, expiration);
    Duration jitter = scaled(lifetime, JITTER * (2 * chance - 1));
    return expiration.minus(margin(lifetime)).plus(jitter);
  }

  /// How long to wait after a failure: at random up to a second, then up to 2, 4 … 60, and no less
  /// than the broker wants.
  ///
  /// @param failures how many there were in a row, from 1
  public static Duration retryIn(int failures, Optional<Duration> retryAfter, double chance) {
    Duration backoff = scaled(doubled(FIRST_RETRY, LONGEST_RETRY, failures), chance);
    return retryAfter
        .map(least -> shorter(least, LONGEST_PROBE))
        .filter(least -> least.compareTo(backoff) > 0)
        .map(least -> least.plus(backoff))
        .orElse(backoff.plusMillis(100));
  }

  /// How long to wait after a no, which asking again does not change: 5 seconds, for who has just
  /// been made to be found, then twice as long each time, up to 5 minutes; a tenth more or less.
  public static Duration probeIn(int refusals, double chance) {
    return scaled(doubled(FIRST_PROBE, LONGEST_PROBE, refusals), 1 + JITTER * (2 * chance - 1));
  }

  private static Duration doubled(Duration first, Duration longest, int times) {
    return shorter(first.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS)), longest);
  }

  private static Duration scaled(Duration duration, double by) {
    return Duration.ofMillis(Math.round(duration.toMillis() * by));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
