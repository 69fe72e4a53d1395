package dev.daypass.client.sources;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The broker's time, as far as its answers tell it: a workload's own clock may be wrong by hours,
/// and its credentials still expire when the broker says.
public final class BrokerClock implements InstantSource {
  /// `Date` has whole seconds, and an answer takes a while to come: less than this says nothing.
  private static final Duration NOTICEABLE = Duration.ofSeconds(5);

  private final InstantSource own;
  private volatile Duration skew = Duration.ZERO;

  public BrokerClock(InstantSource own) {
    this.own = own;
  }

  @Override
  public Instant instant() {
    return own.instant().plus(skew);
  }

  /// How far the broker is ahead; negative where it is behind.
  public Duration skew() {
    return skew;
  }

  /// What the clock of this computer will show then.
  public Instant own(Instant brokers) {
    return brokers.minus(skew);
  }

  /// Hears what time it was at the broker.
  void heard(Instant brokers) {
    Duration difference = Duration.between(own.instant(), brokers);
    skew = difference.abs().compareTo(NOTICEABLE) < 0 ? Duration.ZERO : difference;
  }
}
