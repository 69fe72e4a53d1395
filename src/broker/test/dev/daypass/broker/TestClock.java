package dev.daypass.broker;

import io.quarkus.test.Mock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

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
