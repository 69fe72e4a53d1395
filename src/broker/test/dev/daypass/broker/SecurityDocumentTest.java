package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What `docs/security.md` and `docs/threat-model.md` say is shown, is shown.
class SecurityDocumentTest {
  private static final Path DOCUMENTS = Path.of("../../docs");
  private static final Path MODULES = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @TestFactory
  Stream<DynamicTest> every_test_that_is_named_is_there() throws IOException {
    Map<String, String> sources = sources();
    return Stream.of("security.md", "threat-model.md")
        .flatMap(document -> named(document, sources));
  }

  private static Stream<DynamicTest> named(String document, Map<String, String> sources) {
    List<MatchResult> named = TEST.matcher(read(DOCUMENTS.resolve(document))).results().toList();
    assertThat(named).as(document).isNotEmpty();
    return named.stream()
        .map(
            test ->
                DynamicTest.dynamicTest(
                    document + ": " + test.group(),
                    () ->
                        assertThat(sources.getOrDefault(test.group(1) + ".java", ""))
                            .containsPattern(
                                "(void|Stream<DynamicTest>) " + test.group(2) + "\\(")));
  }

  /// The tests of every module, by the names of their files. Two modules may have a class of one
  /// name.
  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> modules = Files.list(MODULES)) {
      return modules
          .map(module -> module.resolve("test"))
          .filter(Files::isDirectory)
          .flatMap(SecurityDocumentTest::javaFiles)
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  SecurityDocumentTest::read,
                  String::concat));
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
