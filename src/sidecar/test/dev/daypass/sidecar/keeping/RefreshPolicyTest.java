package dev.daypass.sidecar.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

  private static Duration after(Duration lifetime, double chance) {
    return Duration.between(NOW, RefreshPolicy.refreshAt(NOW, NOW.plus(lifetime), chance));
  }

  @Test
  void an_hour_is_renewed_at_half_give_or_take_a_tenth() {
    assertThat(after(Duration.ofHours(1), 0)).isEqualTo(Duration.ofMinutes(24));
    assertThat(after(Duration.ofHours(1), 0.5)).isEqualTo(Duration.ofMinutes(30));
    assertThat(after(Duration.ofHours(1), 1)).isEqualTo(Duration.ofMinutes(36));
  }

  @Test
  void half_an_hour_is_renewed_before_sdks_would_ask_again_at_once() {
    assertThat(RefreshPolicy.margin(Duration.ofMinutes(30))).isEqualTo(Duration.ofMinutes(16));
  }

  @Test
  void the_shortest_session_that_there_is_is_not_fetched_without_end() {
    assertThat(after(Duration.ofMinutes(15), 0)).isEqualTo(Duration.ofSeconds(90));
    assertThat(after(Duration.ofMinutes(15), 1)).isEqualTo(Duration.ofSeconds(270));
  }

  @Test
  void failures_are_retried_ever_more_seldom_at_random_times() {
    assertThat(RefreshPolicy.retryIn(1, Optional.empty(), 0)).isEqualTo(Duration.ofMillis(100));
    assertThat(RefreshPolicy.retryIn(1, Optional.empty(), 1)).isEqualTo(Duration.ofMillis(1_100));
    assertThat(RefreshPolicy.retryIn(4, Optional.empty(), 1)).isEqualTo(Duration.ofMillis(8_100));
    assertThat(RefreshPolicy.retryIn(1_000_000, Optional.empty(), 1))
        .isEqualTo(Duration.ofMillis(60_100));
  }

  @Test
  void the_broker_is_left_alone_for_as_long_as_it_wants_up_to_five_minutes() {
    assertThat(RefreshPolicy.retryIn(1, Optional.of(Duration.ofSeconds(20)), 0.5))
        .isEqualTo(Duration.ofMillis(20_500));
    assertThat(RefreshPolicy.retryIn(1, Optional.of(Duration.ofHours(3)), 0))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void a_no_is_asked_about_again_every_five_minutes_in_the_end() {
    assertThat(RefreshPolicy.probeIn(1, 0.5)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RefreshPolicy.probeIn(3, 0.5)).isEqualTo(Duration.ofSeconds(20));
    assertThat(RefreshPolicy.probeIn(500, 1)).isEqualTo(Duration.ofSeconds(330));
  }
}
