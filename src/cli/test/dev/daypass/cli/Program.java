package dev.daypass.cli;

import dev.daypass.client.Profile;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.Programs;
import dev.daypass.client.store.Stores;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `daypass`, started as a process of its own, with nobody at its terminal.
///
/// @param home where it keeps what it keeps
record Program(Path home, Map<String, String> environment) {
  record Outcome(int exitCode, String out, String err) {}

  Program(Path home) {
    this(home, Map.of());
  }

  /// The same with one more variable in its environment.
  Program with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Program(home, more);
  }

  Outcome run(String... arguments) throws Exception {
    Process process = start(arguments);
    process.getOutputStream().close();
    int exitCode = process.waitFor();
    return new Outcome(exitCode, text("out"), text("err"));
  }

  private String text(String stream) throws IOException {
    return Files.readString(home.resolve(stream));
  }

  /// Its streams go to the files `out` and `err` in its home.
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("dev.daypass.cli.Daypass");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(home.resolve("err").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("DAYPASS_HOME", home.toString());
    builder.environment().put("CI", "true");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /// Signs in as alice, at this broker.
  Program signedIn(String server) throws IOException {
    return signedIn(server, Instant.parse("2099-01-01T00:00:00Z"));
  }

  Program signedIn(String server, Instant until) throws IOException {
    Stores stores = new Stores(home, new Programs(""), new Asking(Optional.empty(), false));
    SignIn signIn =
        new SignIn(
            URI.create(server),
            Secret.of("the-token"),
            until,
            "arn:aws:iam::111122223333:user/alice",
            true);
    new Profile(home, stores).keep(signIn, stores.insecureFile());
    return this;
  }

  /// A file in its home.
  Path file(String name, String text) throws IOException {
    return Files.write(home.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
