package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.Program.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `daypass serve ROLE`, as a person starts it.
class ServeCommandTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    api.roles =
        "[%s, %s]"
            .formatted(
                FakeApi.role("deploy", "Ships", false), FakeApi.role("readonly", "Looks", false));
    daypass = new Program(home).with("XDG_RUNTIME_DIR", home.resolve("run").toString());
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private String said(String stream) throws IOException {
    return Files.readString(home.resolve(stream));
  }

  /// What stands behind this, once it does.
  private String exported(Process serving, String variable, int nth) throws Exception {
    for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
      List<String> found =
          said("out")
              .lines()
              .filter(line -> line.startsWith("export " + variable + "="))
              .map(line -> line.substring(line.indexOf('=') + 1))
              .toList();
      if (found.size() > nth) {
        return found.get(nth);
      }
      assertThat(serving.isAlive()).as(said("err")).isTrue();
      Thread.sleep(50);
    }
    throw new AssertionError("never exported " + variable + ": " + said("out"));
  }

  private static String fetched(String url, String tokenFile) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", Files.readString(Path.of(tokenFile)))
              .build();
      for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return answer.body();
        }
        Thread.sleep(100);
      }
    }
    throw new AssertionError("no credentials");
  }

  private static void stop(Process serving) throws Exception {
    serving.destroy();
    assertThat(serving.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void roles_are_served_straight_from_the_sign_in() throws Exception {
    Process serving = daypass.signedIn(api.url()).start("serve", "deploy", "readonly");
    try {
      String url = exported(serving, "AWS_CONTAINER_CREDENTIALS_FULL_URI", 0);
      String deploy = exported(serving, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", 0);
      String readonly = exported(serving, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", 1);

      assertThat(fetched(url, deploy)).contains("ASIAEXAMPLE", "role/deploy");
      assertThat(fetched(url, readonly)).contains("role/readonly");

      assertThat(api.calls)
          .anyMatch(call -> call.contains("role/deploy") && call.contains("\"alice\""));
    } finally {
      stop(serving);
    }
    assertThat(serving.exitValue()).isZero();
  }

  @Test
  void a_quiet_one_logs_no_successes() throws Exception {
    Process serving = daypass.signedIn(api.url()).start("serve", "deploy", "--quiet");
    try {
      String url = exported(serving, "AWS_CONTAINER_CREDENTIALS_FULL_URI", 0);
      fetched(url, exported(serving, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", 0));
    } finally {
      stop(serving);
    }
    assertThat(said("err")).isEmpty();
  }

  @Test
  void they_are_served_at_a_socket_that_goes_with_the_process() throws Exception {
    Path socket = home.resolve("s");
    Process serving =
        daypass.signedIn(api.url()).start("serve", "deploy", "--listen", "unix:" + socket);
    try {
      String token =
          Files.readString(Path.of(exported(serving, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", 0)));
      String request =
          "GET /v1/credentials HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
              .formatted(token);

      assertThat(told(socket, request)).contains("role/deploy");
      assertThat(said("out"))
          .contains("# curl --unix-socket " + socket)
          .doesNotContain("AWS_CONTAINER_CREDENTIALS_FULL_URI");
    } finally {
      stop(serving);
    }
    assertThat(socket).doesNotExist();
    refused(
        2, "is no socket such as unix:/run/daypass.sock", "serve", "deploy", "--listen", "unix:");
  }

  /// What is answered, as soon as there are credentials.
  private static String told(Path socket, String request) throws Exception {
    String said = "";
    for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        said = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      }
      if (said.startsWith("HTTP/1.1 200 ")) {
        break;
      }
      Thread.sleep(100);
    }
    return said;
  }

  private void refused(int exitCode, String reason, String... arguments) throws Exception {
    Outcome outcome = daypass.run(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err().lines()).singleElement().asString().contains(reason);
  }

  @Test
  void what_cannot_be_is_refused_in_one_line() throws Exception {
    Path file = daypass.file("sidecar.yaml", "roles: []\n");

    refused(4, "You are not signed in.", "serve", "deploy", "--server", api.url());
    daypass.signedIn(api.url());
    refused(5, "There is no role `nobody`", "serve", "nobody");
    refused(2, "leave out ROLE", "serve", "deploy", "--config", file.toString());
  }
}
