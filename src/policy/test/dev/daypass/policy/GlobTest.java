package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class GlobTest {
  private static final String ALPHABET = "ab*?";

  @Test
  void matches_what_a_regular_expression_would() {
    Random random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      String pattern = text(random, ALPHABET, 8);
      String text = text(random, "ab", 10);
      String regex =
          pattern
              .chars()
              .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
              .collect(Collectors.joining());

      assertThat(Glob.of(pattern).matches(text))
          .as("%s against %s", pattern, text)
          .isEqualTo(text.matches(regex));
    }
  }

  @Test
  void a_question_mark_is_one_character_even_beyond_the_basic_plane() {
    assertThat(Glob.of("a?c").matches("a\uD83D\uDE80c")).isTrue();
    assertThat(Glob.of("a??c").matches("a\uD83D\uDE80c")).isFalse();
  }

  @Test
  void hostile_patterns_cost_bounded_time() {
    Glob hostile = Glob.of("*a".repeat(3_000) + "b");
    String text = "a".repeat(2_048);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(hostile.matches(text)).isFalse());
  }

  private static String text(Random random, String alphabet, int longest) {
    return random
        .ints(random.nextInt(longest), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
