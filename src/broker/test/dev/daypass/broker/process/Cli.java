package dev.daypass.broker.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The packaged `daypass`, with a home of its own.
record Cli(Path home) {
  private static final Path JAR = Path.of("../cli/target/daypass.jar").toAbsolutePath();

  /// @param output both of its streams
  record Outcome(int exitCode, String output) {}

  Outcome run(String input, String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), input, arguments);
  }

  /// @param environment what it is to find there; nothing is there under an empty value
  Outcome run(Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, arguments);
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /// Starts it and does not wait.
  Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = command();
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DAYPASS_HOME", home.toString());
    // There is no keyring where tests run, nor anybody to ask for a passphrase.
    builder.environment().put("DAYPASS_STORAGE", "insecure-file");
    builder.environment().putAll(environment);
    builder.environment().values().removeIf(String::isEmpty);
    return builder.start();
  }

  /// The token of the sign-in there is.
  String token() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(home.resolve("secrets.json")))
        .elements()
        .next()
        .asText();
  }

  /// The program, before its arguments.
  static List<String> command() {
    return new ArrayList<>(
        List.of(System.getProperty("java.home") + "/bin/java", "-jar", JAR.toString()));
  }
}
