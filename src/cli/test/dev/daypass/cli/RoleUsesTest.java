package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.client.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleUsesTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
  private static final List<Role> ROLES = Stream.of("c", "a", "b").map(RoleUsesTest::role).toList();

  @TempDir Path folder;

  private static Role role(String name) {
    return new Role("arn:" + name, name, "111122223333", "", Duration.ofHours(1), false);
  }

  private RoleUses at(Duration ago) {
    return new RoleUses(folder, Clock.fixed(NOW.minus(ago), ZoneOffset.UTC));
  }

  private String order() {
    return at(Duration.ZERO).sorted(ROLES).stream().map(Role::name).reduce("", String::concat);
  }

  @Test
  void without_uses_the_order_is_the_alphabets() {
    assertThat(order()).isEqualTo("abc");
  }

  @Test
  void what_is_used_often_comes_first() {
    at(Duration.ofMinutes(5)).count("arn:b");
    at(Duration.ofMinutes(5)).count("arn:c");
    at(Duration.ofMinutes(5)).count("arn:c");

    assertThat(order()).isEqualTo("cba");
  }

  @Test
  void what_was_used_lately_comes_before_what_was_used_long_ago() {
    for (int i = 0; i < 5; i++) {
      at(Duration.ofDays(30)).count("arn:c");
    }
    at(Duration.ofMinutes(5)).count("arn:b");

    assertThat(order()).isEqualTo("bca");
  }

  @Test
  void what_cannot_be_read_is_begun_anew() throws IOException {
    for (String text :
        List.of("", "garbage", "[]", "{\"arn:c\": 1}", "{\"arn:c\": {\"count\": \"x\"}}")) {
      Files.writeString(folder.resolve("roles-used.json"), text);
      assertThat(order()).as(text).isEqualTo("abc");
    }
    at(Duration.ZERO).count("arn:c");
    assertThat(order()).isEqualTo("cab");
  }
}
