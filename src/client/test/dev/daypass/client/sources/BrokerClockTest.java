package dev.daypass.client.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerClockTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private Instant shown = NOON;
  private long nanos = Long.MAX_VALUE - 1;
  private final BrokerClock clock = new BrokerClock(() -> shown, () -> nanos);

  @BeforeEach
  void hear() {
    clock.heard(NOON);
  }

  private void goBy(Duration time) {
    shown = shown.plus(time);
    nanos += time.toNanos();
  }

  @Test
  void a_clock_that_is_set_back_does_not_set_back_the_time_of_the_broker() {
    goBy(Duration.ofMinutes(1));
    shown = shown.minus(Duration.ofMinutes(30));
    goBy(Duration.ofMinutes(1));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(120));
    assertThat(clock.skew()).isEqualTo(Duration.ofMinutes(30));
    assertThat(clock.own(NOON.plusSeconds(120))).isEqualTo(shown);
  }

  @Test
  void a_clock_that_was_known_to_be_wrong_may_be_set_right() {
    clock.heard(NOON.minus(Duration.ofMinutes(30)));
    shown = shown.minus(Duration.ofMinutes(30));

    assertThat(clock.instant()).isEqualTo(shown);
  }

  @Test
  void a_computer_that_slept_has_a_clock_that_jumped_on() {
    shown = shown.plus(Duration.ofHours(8));

    assertThat(clock.instant()).isEqualTo(shown);
  }

  @Test
  void the_small_steps_of_a_clock_that_is_kept_right_are_followed() {
    goBy(Duration.ofMinutes(1));
    shown = shown.minusMillis(200);

    assertThat(clock.instant()).isEqualTo(shown);
  }

  @Test
  void what_is_heard_counts_more_than_what_was() {
    shown = shown.plus(Duration.ofHours(8));
    clock.heard(NOON.plusSeconds(60));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(60));
  }
}
