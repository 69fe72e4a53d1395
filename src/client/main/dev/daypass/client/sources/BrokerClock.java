package dev.daypass.client.sources;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The broker's time, as far as its answers tell it: a workload's own clock may be wrong by hours,
/// and its credentials still expire when the broker says.
///
/// A clock that jumps on is believed, since a computer that slept has such a one. One that is set
/// back is not: no time is ever earlier than what was heard, and what has gone by since.
public final class BrokerClock implements InstantSource {
  /// `Date` has whole seconds, and an answer takes a while to come: less than this says nothing.
  private static final Duration NOTICEABLE = Duration.ofSeconds(5);

  private final InstantSource own;
  private final LongSupplier nanoTime;
  private volatile @Nullable Heard heard;

  /// What was heard last.
  ///
  /// @param ahead how far the broker was ahead then
  /// @param nanos when that was, on a clock that nobody sets, and that stands still in sleep
  private record Heard(Instant time, Duration ahead, long nanos) {}

  public BrokerClock(InstantSource own) {
    this(own, () -> System.nanoTime());
  }

  BrokerClock(InstantSource own, LongSupplier nanoTime) {
    this.own = own;
    this.nanoTime = nanoTime;
  }

  @Override
  public Instant instant() {
    return at(own.instant());
  }

  private Instant at(Instant shown) {
    Heard last = heard;
    if (last == null) {
      return shown;
    }
    Instant time = shown.plus(last.ahead());
    Instant earliest = last.time().plusNanos(nanoTime.getAsLong() - last.nanos());
    return Duration.between(time, earliest).compareTo(NOTICEABLE) < 0 ? time : earliest;
  }

  /// How far the broker is ahead; negative where it is behind.
  public Duration skew() {
    Instant shown = own.instant();
    return Duration.between(shown, at(shown));
  }

  /// What the clock of this computer will show then.
  public Instant own(Instant brokers) {
    return brokers.minus(skew());
  }

  /// Hears what time it was at the broker.
  void heard(Instant brokers) {
    Instant shown = own.instant();
    Duration difference = Duration.between(shown, brokers);
    Duration ahead = difference.abs().compareTo(NOTICEABLE) < 0 ? Duration.ZERO : difference;
    heard = new Heard(shown.plus(ahead), ahead, nanoTime.getAsLong());
  }
}
