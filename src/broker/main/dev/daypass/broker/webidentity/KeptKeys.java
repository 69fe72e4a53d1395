package dev.daypass.broker.webidentity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The keys of one issuer: read once for all who wait, read again in the background before they are
/// old, used on while the issuer is away, and read no more than twice a minute whatever anybody
/// sends.
final class KeptKeys {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration USABLE = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Supplier<CompletableFuture<KeySet>> read;
  private final Clock clock;
  private @Nullable KeySet keys;
  private Instant readAt = Instant.EPOCH;
  private Instant nextRead = Instant.EPOCH;
  private @Nullable CompletableFuture<KeySet> underWay;

  KeptKeys(Supplier<CompletableFuture<KeySet>> read, Clock clock) {
    this.read = read;
    this.clock = clock;
  }

  /// The keys, from memory where they are there.
  synchronized CompletableFuture<KeySet> get() {
    KeySet known = usable();
    if (known == null) {
      return refresh();
    }
    if (!clock.instant().isBefore(readAt.plus(FRESH))) {
      // What comes of it is for those who ask later.
      var _ = refresh();
    }
    return CompletableFuture.completedFuture(known);
  }

  /// The keys in memory, whoever asks.
  synchronized Optional<KeySet> known() {
    return Optional.ofNullable(usable());
  }

  /// The keys as the issuer has them now, for whoever misses one; the known ones where it is too
  /// early to ask again, or the issuer is away.
  synchronized CompletableFuture<KeySet> newer(KeySet seen) {
    KeySet known = usable();
    if (known != null && known != seen) {
      return CompletableFuture.completedFuture(known);
    }
    return refresh().exceptionally(_ -> seen);
  }

  private @Nullable KeySet usable() {
    return clock.instant().isBefore(readAt.plus(USABLE)) ? keys : null;
  }

  private CompletableFuture<KeySet> refresh() {
    if (underWay != null) {
      return underWay;
    }
    if (clock.instant().isBefore(nextRead)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("the issuer was asked a moment ago"));
    }
    nextRead = clock.instant().plus(PAUSE);
    CompletableFuture<KeySet> reading = new CompletableFuture<>();
    underWay = reading;
    read.get().whenComplete((found, failure) -> finish(reading, found, failure));
    return reading;
  }

  private void finish(
      CompletableFuture<KeySet> reading, @Nullable KeySet found, @Nullable Throwable failure) {
    synchronized (this) {
      underWay = null;
      if (found != null) {
        keys = found;
        readAt = clock.instant();
      }
    }
    if (failure == null) {
      reading.complete(found);
    } else {
      reading.completeExceptionally(failure);
    }
  }
}
