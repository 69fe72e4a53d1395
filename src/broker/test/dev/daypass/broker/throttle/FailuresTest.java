package dev.daypass.broker.throttle;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final Failures failures = new Failures(clock);

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      failures.count("192.0.2.1");
    }
  }

  @Test
  void a_hundred_at_once_are_borne_and_then_ten_a_second() {
    refuse(100);
    assertThatCode(() -> failures.check("192.0.2.1")).doesNotThrowAnyException();
    refuse(1);

    assertThatThrownBy(() -> failures.check("192.0.2.1")).hasMessage("Rate exceeded");
    assertThatCode(() -> failures.check("192.0.2.2")).doesNotThrowAnyException();
    now = now.plusMillis(100);
    assertThatCode(() -> failures.check("192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void a_clock_that_is_set_back_keeps_nobody_out() {
    refuse(200);
    now = now.minus(Duration.ofHours(1));

    assertThatCode(() -> failures.check("192.0.2.1")).doesNotThrowAnyException();
    refuse(101);
    assertThatThrownBy(() -> failures.check("192.0.2.1")).hasMessage("Rate exceeded");
  }
}
