package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What `docs/security.md` says is shown, is shown.
class SecurityDocumentTest {
  private static final Path DOCUMENT = Path.of("../../docs/security.md");
  private static final Path TESTS = Path.of("test");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @TestFactory
  Stream<DynamicTest> every_test_that_is_named_is_there() throws IOException {
    return TEST.matcher(Files.readString(DOCUMENT))
        .results()
        .map(
            found ->
                DynamicTest.dynamicTest(
                    found.group(), () -> exists(found.group(1), found.group(2))));
  }

  private static void exists(String type, String method) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Path file = files.filter(path -> path.endsWith(type + ".java")).findFirst().orElseThrow();
      assertThat(Files.readString(file)).contains("void " + method + "(");
    }
  }
}
