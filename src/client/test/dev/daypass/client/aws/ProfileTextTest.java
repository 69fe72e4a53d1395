package dev.daypass.client.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTextTest {
  private static final String CONFIG =
      """
      # mine
      [default]
      region=eu-central-1
      s3 =
        addressing_style = path
        [not a section]

      ; for work
      [ profile  "deploy" ] ; and why
      Role_Arn = arn:aws:iam::111122223333:role/deploy # as it is
      services = daypass

      [services daypass]
      sts =
        endpoint_url = https://daypass.example.com
      """;

  /// A section that was written by chance, in parts of which each is known.
  private record Part(String name, String header, String body, String gap) {
    String text() {
      return header + body + gap;
    }
  }

  private static Stream<List<Part>> files() {
    return IntStream.range(0, 100).mapToObj(seed -> file(new SplittableRandom(seed)));
  }

  private static List<Part> file(SplittableRandom random) {
    String end = one(random, "\n", "\r\n", "\r");
    List<Part> parts = new ArrayList<>();
    String top = random.nextBoolean() ? "\uFEFF" : "";
    parts.add(new Part("", "", "", top + gap(random, end)));
    for (int i = 0; i < random.nextInt(6); i++) {
      String name = one(random, "default", "profile p", "services s", "ünïcode") + i;
      String header = one(random, "[%s]", "[ %s ]", "[%s]  # [why]").formatted(name) + end;
      parts.add(new Part(name, header, body(random, end), gap(random, end)));
    }
    return parts;
  }

  private static String body(SplittableRandom random, String end) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < random.nextInt(5); i++) {
      body.append(random.nextInt(4) == 0 ? gap(random, end) : "");
      body.append(one(random, "k%d = v", "k%d=", "K%d\t=\t[v] ; x").formatted(i)).append(end);
      body.append(random.nextInt(3) == 0 ? "\t nested = [x]" + end + "\t [y]" + end : "");
    }
    return body.toString();
  }

  private static String gap(SplittableRandom random, String end) {
    StringBuilder gap = new StringBuilder();
    for (int i = 0; i < random.nextInt(3); i++) {
      gap.append(one(random, "", "  ", "# [c]", "  ; aws_secret_access_key = x")).append(end);
    }
    return gap.toString();
  }

  private static String one(SplittableRandom random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static String text(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.text()));
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_is_read_is_written_as_it_was(List<Part> parts) {
    String text = text(parts);

    assertThat(ProfileText.parse(text).text()).isEqualTo(text);
    assertThat(ProfileText.parse(text).sections())
        .isEqualTo(parts.stream().skip(1).map(Part::name).toList());
    assertThat(ProfileText.parse(text.stripTrailing()).text()).isEqualTo(text.stripTrailing());
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatever_section_is_replaced_all_others_stay_byte_for_byte(List<Part> parts) {
    ProfileText text = ProfileText.parse(text(parts));
    String end = text(parts).replaceFirst("(?s)^.*?(\r\n|\r|\n|$).*$", "$1");
    for (int i = 1; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<Part> expected = new ArrayList<>(parts);
      expected.set(
          i, new Part(part.name(), part.header(), "a = 1" + end + "  b = 2" + end, part.gap()));

      assertThat(text.with(part.name(), List.of("a = 1", "  b = 2")).text())
          .isEqualTo(text(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatever_section_is_removed_all_others_stay_byte_for_byte(List<Part> parts) {
    ProfileText text = ProfileText.parse(text(parts));
    for (int i = 1; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<Part> expected = new ArrayList<>(parts);
      expected.set(i, new Part("", "", "", part.gap()));

      assertThat(text.without(part.name()).text()).isEqualTo(text(expected));
    }
    assertThat(text.without("nobody").text()).isEqualTo(text.text());
  }

  @ParameterizedTest
  @MethodSource("files")
  void a_section_is_appended_behind_everything(List<Part> parts) {
    for (String before : List.of(text(parts), text(parts).stripTrailing())) {
      ProfileText appended = ProfileText.parse(before).with("new", List.of("a = 1"));

      assertThat(appended.text()).startsWith(before);
      assertThat(appended.sections()).endsWith("new");
      assertThat(appended.value("new", "a")).hasValue("1");
      assertThat(appended.text().substring(before.length()).strip().lines())
          .containsExactly("[new]", "a = 1");
      assertThat(appended.without("new").text()).startsWith(before);
      assertThat(appended.without("new").with("new", List.of("a = 1")).text())
          .isEqualTo(appended.text());
    }
  }

  @Test
  void sections_and_their_properties_are_found_as_the_aws_cli_finds_them() {
    ProfileText config = ProfileText.parse(CONFIG);

    assertThat(config.sections()).containsExactly("default", "profile deploy", "services daypass");
    assertThat(config.has("profile deploy")).isTrue();
    assertThat(config.has("deploy")).isFalse();
    assertThat(config.value("default", "REGION")).hasValue("eu-central-1");
    assertThat(config.value("default", "s3")).hasValue("");
    assertThat(config.value("default", "addressing_style")).isEmpty();
    assertThat(config.value("profile deploy", "role_arn"))
        .hasValue("arn:aws:iam::111122223333:role/deploy # as it is");
    assertThat(config.value("profile deploy", "services")).hasValue("daypass");
    assertThat(config.value("nobody", "region")).isEmpty();
  }

  @Test
  void the_first_section_of_a_file_is_written_without_a_gap() {
    assertThat(ProfileText.parse("").with("default", List.of("region = x")).text())
        .isEqualTo("[default]\nregion = x\n");
  }

  @Test
  void a_gap_is_left_before_a_section_that_is_appended() {
    assertThat(ProfileText.parse("[a]\r\nb = 1").with("c", List.of("d = 1")).text())
        .isEqualTo("[a]\r\nb = 1\r\n\r\n[c]\r\nd = 1\r\n");
    assertThat(ProfileText.parse("[a]\n\n").with("c", List.of()).text()).isEqualTo("[a]\n\n[c]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[a]\nb = 1\n[default\n", "[a]\n[b]\n[ a ]\n", "[profile x]\n[profile 'x']"})
  void what_the_aws_cli_cannot_read_is_refused(String text) {
    assertThatThrownBy(() -> ProfileText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a]", "[a", "a\nb", "a  b", "profile \"x\""})
  void no_section_can_be_called_so(String name) {
    assertThatThrownBy(() -> ProfileText.parse("").with(name, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = 1\nb = 2", "a = 1\r", "[other]", "  [other]", "a = \u0000"})
  void no_line_can_be_more_than_a_line_of_its_section(String line) {
    assertThatThrownBy(() -> ProfileText.parse("").with("a", List.of(line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(line);
  }

  @Test
  void no_other_section_is_swallowed_by_a_change() {
    ProfileText text = ProfileText.parse("[a]\nk = 1\n[b]\n  [c]\n  z = 1\n");

    assertThat(text.sections()).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> text.without("b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> text.with("b", List.of("x = 1")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
