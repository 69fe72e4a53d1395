package dev.daypass.broker;

import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;

/// The broker's clock in tests: runs with the real one, and can be put forward.
public final class TestClock extends Clock {
  private static volatile Duration ahead = Duration.ZERO;

  /// Hands it to the broker.
  @Mock
  @Singleton
  public static final class Producer {
    @Produces
    @Mock
    @Singleton
    Clock clock() {
      return new TestClock();
    }
  }

  static void forward(Duration time) {
    ahead = ahead.plus(time);
  }

  /// For clients that know no clock but the real one.
  static void withRealTime(Callable<?> test) throws Exception {
    Duration before = ahead;
    ahead = Duration.ZERO;
    try {
      test.call();
    } finally {
      ahead = before;
    }
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
