package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.client.Role;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final Choice ALL =
      Choice.of(
          List.of(
              role("admin", "Everything"),
              role("deploy-production", "Ships"),
              role("deploy", "Ships to staging"),
              role("read-only", "")));

  private static Role role(String name, String description) {
    return new Role("arn:" + name, name, "111122223333", description, Duration.ofHours(1), false);
  }

  private static Choice typed(String text) {
    Choice choice = ALL;
    for (char letter : text.toCharArray()) {
      choice = choice.type(letter);
    }
    return choice;
  }

  private static Stream<String> names(Choice choice) {
    return choice.matching().stream().map(Role::name);
  }

  @Test
  void nothing_typed_shows_all_in_their_order() {
    assertThat(names(ALL)).containsExactly("admin", "deploy-production", "deploy", "read-only");
  }

  @Test
  void letters_match_in_their_order_with_others_between_them() {
    assertThat(names(typed("dpr"))).containsExactly("deploy-production");
    assertThat(names(typed("ro"))).contains("deploy-production", "read-only");
    assertThat(names(typed("ylo"))).isEmpty();
  }

  @Test
  void the_closest_match_comes_first() {
    assertThat(names(typed("ad")).toList()).startsWith("admin", "read-only");
    assertThat(names(typed("prod"))).first().isEqualTo("deploy-production");
  }

  @Test
  void case_and_spaces_do_not_matter_and_the_account_counts() {
    assertThat(names(typed("READ only"))).containsExactly("read-only");
    assertThat(names(typed("1111/adm"))).containsExactly("admin");
  }

  @Test
  void a_description_is_the_last_resort() {
    assertThat(names(typed("staging"))).containsExactly("deploy");
    assertThat(names(typed("ad")).toList()).doesNotContain("deploy");
  }

  @Test
  void the_mark_goes_round() {
    assertThat(ALL.picked()).map(Role::name).contains("admin");
    assertThat(ALL.move(-1).picked()).map(Role::name).contains("read-only");
    assertThat(ALL.move(-1).move(1).picked()).map(Role::name).contains("admin");
    assertThat(ALL.move(2).type('r').marked()).isZero();
    assertThat(typed("xyz").move(1).picked()).isEmpty();
  }

  @Test
  void letters_can_be_taken_back() {
    assertThat(typed("xy").erase().erase().erase()).isEqualTo(ALL);
    assertThat(typed("xyz").press(Key.Named.CLEAR)).isEqualTo(ALL);
    assertThat(typed("x".repeat(100)).typed()).hasSize(60);
  }
}
