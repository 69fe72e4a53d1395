package dev.daypass.broker.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged `daypass serve` in a process of its own, as its documentation starts it, with the
/// administrator's access key.
final class SidecarProcess implements AutoCloseable {
  private final Process process;
  private final Path folder;
  private final int port;
  private final int statusPort;

  private SidecarProcess(Process process, Path folder, int port, int statusPort) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.statusPort = statusPort;
  }

  /// Starts it for a role and waits until it is ready.
  ///
  /// @param folder where its files are
  /// @param environment of its, and `more` arguments
  static SidecarProcess start(
      Path folder, URI server, String role, Map<String, String> environment, String... more)
      throws IOException {
    int port = BrokerProcess.freePort();
    int statusPort = BrokerProcess.freePort();
    List<String> command = command(folder, server, role);
    command.addAll(List.of("--listen", "127.0.0.1:" + port));
    command.addAll(List.of("--status-listen", "127.0.0.1:" + statusPort));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DAYPASS_HOME", folder.resolve("home").toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", BrokerProcessIT.KEY);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", BrokerProcessIT.SECRET);
    builder.environment().putAll(environment);
    Process process =
        builder.redirectErrorStream(true).redirectOutput(logIn(folder).toFile()).start();
    SidecarProcess sidecar = new SidecarProcess(process, folder, port, statusPort);
    await().atMost(Duration.ofSeconds(60)).until(() -> sidecar.status("/readyz") == 200);
    return sidecar;
  }

  private static List<String> command(Path folder, URI server, String role) {
    return new ArrayList<>(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "@" + Path.of("../cli/serve.options").toAbsolutePath(),
            "-jar",
            Path.of("../cli/target/daypass.jar").toAbsolutePath().toString(),
            "serve",
            "--server",
            server.toString(),
            "--role",
            role,
            "--session-name",
            "it",
            "--token-file",
            tokenIn(folder).toString()));
  }

  private static Path logIn(Path folder) {
    return folder.resolve("sidecar.log");
  }

  private static Path tokenIn(Path folder) {
    return folder.resolve("tokens").resolve("app.token");
  }

  /// What it has written.
  String log() throws IOException {
    return Files.readString(logIn(folder));
  }

  /// The file that opens it.
  Path token() {
    return tokenIn(folder);
  }

  /// Where it gives credentials.
  String uri() {
    return "http://127.0.0.1:" + port + "/v1/credentials";
  }

  /// Where it says whether it is ready.
  URI ready() {
    return URI.create("http://127.0.0.1:" + statusPort + "/readyz");
  }

  /// How a health endpoint answers; 0 where there is no answer.
  int status(String path) {
    try {
      return ask("http://127.0.0.1:" + statusPort + path, "none").statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  String metrics() throws IOException {
    return ask("http://127.0.0.1:" + statusPort + "/metrics", "none").body();
  }

  /// How often it gave credentials.
  long served() throws IOException {
    return sum("served_total");
  }

  /// When it fetches others.
  Instant nextRefresh() throws IOException {
    return Instant.ofEpochSecond(sum("next_refresh_timestamp_seconds"));
  }

  private long sum(String metric) throws IOException {
    return metrics()
        .lines()
        .filter(line -> line.startsWith("daypass_sidecar_" + metric + "{"))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// Asks for credentials.
  HttpResponse<String> ask(String token) throws IOException {
    return ask(uri(), token);
  }

  private static HttpResponse<String> ask(String url, String token) throws IOException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create(url)).header("Authorization", token).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// SIGHUP.
  void hangUp() throws Exception {
    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}
