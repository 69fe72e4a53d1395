package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the container files of `native` say: what they are made from is pinned and here, and what
/// they make runs as nobody in particular.
class ContainerfilesTest {
  private static final Path TOP = Path.of("../..");
  private static final Pattern IMAGE = Pattern.compile("[a-z0-9./-]+:(jdk-)?[0-9][A-Za-z0-9._-]*");
  private static final Pattern OPTIONS = Pattern.compile("@(/[^\"]+)");

  /// `COPY --from=build a b` is `COPY`, and `[--from=build, a, b]`.
  private record Instruction(String name, List<String> words) {
    List<String> flags() {
      return words.stream().filter(word -> word.startsWith("--")).toList();
    }

    List<String> arguments() {
      return words.stream().filter(word -> !word.startsWith("--")).toList();
    }

    String text() {
      return String.join(" ", words);
    }
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(TOP.resolve("native"))) {
      return all
          .filter(file -> file.getFileName().toString().startsWith("Containerfile"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<Instruction> read(Path file) throws IOException {
    String text = Files.readString(file).replaceAll("(?m)^\\s*#.*$", "").replaceAll("\\\\\\n", " ");
    List<Instruction> instructions = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      instructions.add(new Instruction(words.getFirst(), words.subList(1, words.size())));
    }
    return instructions;
  }

  private static List<Instruction> all(Path file, String name) throws IOException {
    return read(file).stream().filter(instruction -> instruction.name().equals(name)).toList();
  }

  /// What the image itself is made by: the last stage.
  private static List<Instruction> image(Path file) throws IOException {
    List<Instruction> instructions = read(file);
    int from = 0;
    for (int i = 0; i < instructions.size(); i++) {
      from = instructions.get(i).name().equals("FROM") ? i : from;
    }
    return instructions.subList(from, instructions.size());
  }

  private static Instruction only(List<Instruction> instructions, String name) {
    List<Instruction> found =
        instructions.stream().filter(instruction -> instruction.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_image_is_pinned(Path file) throws IOException {
    assertThat(all(file, "FROM"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(from -> assertThat(from.arguments().getFirst()).matches(IMAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quay.io/a/b", "a:latest", "docker.io/a:stable", "${BASE}"})
  void an_image_that_is_not_pinned_is_found(String name) {
    assertThat(name).doesNotMatch(IMAGE);
  }

  @ParameterizedTest
  @MethodSource("files")
  void it_runs_as_a_number_that_is_not_root(Path file) throws IOException {
    assertThat(only(image(file), "USER").text()).isEqualTo("1001:1001");
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothing_is_fetched_by_the_way(Path file) throws IOException {
    assertThat(all(file, "ADD")).isEmpty();
    assertThat(all(file, "RUN"))
        .singleElement()
        .satisfies(run -> assertThat(run.text()).startsWith("./mvnw "));
    assertThat(image(file)).noneMatch(instruction -> instruction.name().equals("RUN"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void what_is_copied_is_there(Path file) throws IOException {
    List<String> stages =
        all(file, "FROM").stream().map(from -> from.arguments().getLast()).toList();

    for (Instruction copy : all(file, "COPY")) {
      List<String> from = copy.flags().stream().filter(flag -> flag.startsWith("--from=")).toList();
      if (from.isEmpty()) {
        assertThat(copy.arguments().subList(0, copy.arguments().size() - 1))
            .allSatisfy(source -> assertThat(TOP.resolve(source)).exists());
      } else {
        assertThat(stages).contains(from.getFirst().substring("--from=".length()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void the_options_that_it_starts_with_are_in_the_image(Path file) throws IOException {
    String start = only(image(file), "ENTRYPOINT").text();

    assertThat(start).startsWith("[\"").endsWith("\"]");
    for (String options :
        OPTIONS.matcher(start).results().map((MatchResult found) -> found.group(1)).toList()) {
      Path inImage = Path.of(options);
      assertThat(all(file, "COPY"))
          .anyMatch(
              copy ->
                  copy.arguments().getFirst().endsWith("/" + inImage.getFileName())
                      && copy.arguments().getLast().equals(inImage.getParent() + "/"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvm", "native"})
  void a_broker_has_a_port_for_probes_and_metrics(String kind) throws IOException {
    Path file = TOP.resolve("native/Containerfile." + kind);

    assertThat(only(read(file), "RUN").words()).contains("-Dquarkus.management.enabled=true");
    assertThat(only(image(file), "EXPOSE").words()).containsExactly("8080", "9000");
    assertThat(only(image(file), "ENV").words()).containsExactly("DAYPASS_HOST=0.0.0.0");
  }
}
