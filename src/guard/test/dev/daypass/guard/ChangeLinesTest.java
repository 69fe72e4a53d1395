package dev.daypass.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much a stream says.
class ChangeLinesTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private long now = 1_000 * SECOND;
  private final List<String> changed = new ArrayList<>();

  private ChangeLines lines() {
    return new ChangeLines(() -> now, (_, _) -> {}, changed::add);
  }

  @Test
  void a_line_that_was_long_on_its_way_does_not_make_old_news_new() {
    ChangeLines lines = lines();
    long asked = now;

    now += 30 * SECOND;
    lines.onNext("{\"heard\": 500}");

    assertThat(lines.heardAt()).isEqualTo(asked + SECOND / 2);
  }

  @Test
  void one_stream_goes_over_to_another_only_where_they_overlap() {
    ChangeLines old = lines();
    old.onNext("{\"heard\": 0}");
    now += 10 * SECOND;
    ChangeLines coming = lines();
    assertThat(coming.overlaps(old)).isFalse();
    coming.onNext("{\"heard\": 0}");

    old.onNext("{\"heard\": 9999}");
    assertThat(coming.overlaps(old)).isFalse();
    old.onNext("{\"heard\": 10000}");
    assertThat(coming.overlaps(old)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{}", "{\"heard\": \"1\"}", "{\"changed\": 1}"})
  void a_line_that_is_not_understood_ends_the_stream(String line) {
    ChangeLines lines = lines();

    lines.onNext(line);
    lines.onNext("{\"changed\": \"later\"}");

    assertThat(lines.ended(now, SECOND)).isTrue();
    assertThat(changed).isEmpty();
  }

  @Test
  void a_stream_that_was_long_in_opening_is_soon_replaced() {
    ChangeLines quick = lines();
    quick.onNext("{\"heard\": 0}");
    ChangeLines slow = lines();
    now += 2 * SECOND;
    slow.onNext("{\"heard\": 0}");

    now += 61 * SECOND;
    assertThat(quick.old(now)).isFalse();
    assertThat(slow.old(now)).isTrue();
    now += 1_200 * SECOND;
    assertThat(quick.old(now)).isTrue();
  }

  @Test
  void silence_ends_a_stream() {
    ChangeLines lines = lines();
    lines.onNext("{\"changed\": \"a\"}");
    assertThat(lines.ended(now, SECOND)).isFalse();

    now += 2 * SECOND;

    assertThat(lines.ended(now, SECOND)).isTrue();
    assertThat(changed).containsExactly("a");
  }
}
