package dev.daypass.broker.process;

import dev.daypass.broker.embedded.EmbeddedServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged broker in a process of its own, as `make run` starts it.
final class BrokerProcess implements AutoCloseable {
  static final String ACCOUNT = "111122223333";
  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final int port;

  private BrokerProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /// Starts it and waits until it is ready.
  static BrokerProcess start(Map<String, String> settings) throws Exception {
    return start(Distribution.JAR, settings);
  }

  /// Starts a distribution of it and waits until it is ready.
  static BrokerProcess start(Distribution distribution, Map<String, String> settings)
      throws Exception {
    return ready(launch(distribution, settings, freePort()));
  }

  /// Starts it where another one was, and waits until it is ready.
  static BrokerProcess start(Map<String, String> settings, int port) throws Exception {
    return ready(launch(settings, port));
  }

  private static BrokerProcess ready(BrokerProcess broker) throws Exception {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!broker.answers()) {
      if (!broker.process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new AssertionError("the broker did not start:\n" + broker.output());
      }
      Thread.sleep(20);
    }
    return broker;
  }

  /// Starts it and does not wait.
  static BrokerProcess launch(Map<String, String> settings, int port) throws IOException {
    return launch(Distribution.JAR, settings, port);
  }

  private static BrokerProcess launch(
      Distribution distribution, Map<String, String> settings, int port) throws IOException {
    Path log = Files.createTempFile("broker", ".log");
    ProcessBuilder builder = new ProcessBuilder(distribution.command());
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("DAYPASS_PORT", Integer.toString(port));
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(Files.createTempDirectory("broker").toFile())
            .start();
    return new BrokerProcess(process, log, port);
  }

  /// Settings of a broker with data of its own below a folder, and an administrator whose key is
  /// known.
  static Map<String, String> settings(Path folder) {
    return settings(folder, Map.of());
  }

  /// The same, and more.
  static Map<String, String> settings(Path folder, Map<String, String> more) {
    Map<String, String> settings = administered();
    settings.put("DAYPASS_DATA", folder.resolve("data").toString());
    settings.putAll(more);
    return settings;
  }

  private static Map<String, String> administered() {
    return new HashMap<>(
        Map.of(
            "DAYPASS_ACCOUNT_ID", ACCOUNT,
            "DAYPASS_BOOTSTRAP_ACCESS_KEY_ID", BrokerProcessIT.KEY,
            "DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY", BrokerProcessIT.SECRET));
  }

  /// Settings of a broker over servers that others use too, with the same administrator.
  static Map<String, String> over(EmbeddedServers servers, Path unused) {
    Map<String, String> settings = administered();
    settings.put("DAYPASS_DATA", unused.toString());
    servers
        .settings()
        .forEach(
            (key, value) ->
                settings.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    return settings;
  }

  /// Runs the packaged broker with arguments, to do one thing and end.
  static int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Distribution.JAR.command());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private boolean answers() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + port + "/.well-known/jwks.json"))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return port;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// Where it says whether it is ready.
  URI ready() {
    return url().resolve("/q/health/ready");
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  /// What it exits with, by itself.
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /// What it has in memory, in MiB.
  long residentMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM, as what runs services sends it.
  void terminate() throws Exception {
    end("-TERM");
  }

  /// Ctrl-C, as a terminal sends it.
  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      end("-INT");
    }
  }

  private void end(String signal) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    process.waitFor(60, TimeUnit.SECONDS);
  }
}
