package dev.daypass.broker.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A form in which the broker is shipped.
///
/// @param command what starts it
record Distribution(String name, List<String> command) {
  /// What `make run` starts.
  static final Distribution JAR =
      new Distribution(
          "jar",
          List.of(
              System.getProperty("java.home") + "/bin/java",
              "@" + Path.of("jvm.options").toAbsolutePath(),
              "-jar",
              Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()));

  /// Those that were built: the jar, what `make dist` made, and a native executable.
  static List<Distribution> built() {
    return Stream.of(
            Stream.of(JAR).filter(jar -> Files.exists(Path.of(jar.command().getLast()))),
            found("aot-cache", Path.of("../../target/dist"), "daypass-*/bin/daypass-broker"),
            found("native", Path.of("target"), "*-runner"))
        .flatMap(each -> each)
        .toList();
  }

  private static Stream<Distribution> found(String name, Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    var matcher = folder.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files
          .filter(file -> matcher.matches(folder.relativize(file)) && Files.isExecutable(file))
          .map(file -> new Distribution(name, List.of(file.toAbsolutePath().toString())))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
