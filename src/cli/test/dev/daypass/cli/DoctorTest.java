package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.Program.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path home;
  private FakeApi api;
  private Program daypass;

  @BeforeEach
  void arrive() throws Exception {
    api = new FakeApi();
    api.roles = "[%s]".formatted(FakeApi.role("deploy", "", false));
    daypass = new Program(home).with("HOME", home.toString()).signedIn(api.url());
  }

  @AfterEach
  void leave() {
    api.close();
  }

  private Map<String, String> results() throws Exception {
    List<?> checks =
        (List<?>) JSON.std.mapFrom(daypass.run("doctor", "--json").out()).get("checks");
    Map<String, String> results = new java.util.TreeMap<>();
    for (Object check : checks) {
      Map<?, ?> told = (Map<?, ?>) check;
      results.put(String.valueOf(told.get("name")), String.valueOf(told.get("result")));
    }
    return results;
  }

  @Test
  void where_all_is_well_it_says_so() throws Exception {
    daypass.run("configure", "deploy");
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(bin.resolve("daypass"), "");
    assertThat(bin.resolve("daypass").toFile().setExecutable(true)).isTrue();
    daypass = daypass.with("PATH", bin + ":" + System.getenv("PATH"));

    Outcome well = daypass.run("doctor");

    assertThat(well.exitCode()).as(well.out()).isZero();
    assertThat(well.out().lines()).allMatch(line -> line.startsWith("ok    "));
    assertThat(well.out())
        .contains("It answers, in ", "clock agrees", "user/alice", "use daypass: deploy.");
  }

  @Test
  void a_broker_that_is_away_or_nowhere_is_told() throws Exception {
    api.close();
    assertThat(daypass.run("doctor").exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(results()).containsEntry("answer", "FAILED").containsEntry("sign-in", "OK");

    Outcome nowhere = daypass.run("doctor", "--server", "https://no-such-host.invalid");
    assertThat(nowhere.out()).contains("FAIL  no-such-host.invalid is not known here.");
    Outcome plain = daypass.run("doctor", "--server", "http://daypass.example.com");
    assertThat(plain.out())
        .contains("FAIL  What is sent to http://daypass.example.com can be read");
  }

  @Test
  void a_clock_that_is_wrong_is_told() throws Exception {
    assertThat(atAnother(Duration.ofSeconds(45)).out())
        .contains("warn  This computer's clock is 4")
        .contains(" s behind.");
    // Far enough from the next digit for an answer that takes its time.
    Outcome far = atAnother(Duration.ofSeconds(-650));
    assertThat(far.out()).contains("FAIL  This computer's clock is 6").contains(" s ahead.");
    assertThat(far.exitCode()).isEqualTo(ExitCode.FAILED);
  }

  /// What is found out about a broker where it is that much later than here.
  private Outcome atAnother(Duration ahead) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answer(server, ahead));
      return daypass.run("doctor", "--server", "http://127.0.0.1:" + server.getLocalPort());
    }
  }

  private static void answer(ServerSocket server, Duration ahead) {
    try (Socket socket = server.accept()) {
      var request = socket.getInputStream();
      while (request.read() != '\n' || request.read() != '\r') {
        // To the end of the headers.
      }
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().plus(ahead).atZone(ZoneOffset.UTC));
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(date)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_would_be_used_before_a_profile_is_told() throws Exception {
    daypass.run("configure", "deploy");
    Files.writeString(home.resolve(".aws/credentials"), "[deploy]\naws_access_key_id = AKIAOLD\n");
    daypass = daypass.with("AWS_ACCESS_KEY_ID", "AKIAOTHER").with("PATH", "/nowhere");

    assertThat(results())
        .containsEntry("environment", "WARNING")
        .containsEntry("credentials-file", "WARNING")
        .containsEntry("profiles", "FAILED");
    assertThat(daypass.run("doctor").out()).contains("unset AWS_ACCESS_KEY_ID");
  }

  @Test
  void a_sign_in_that_has_lost_its_token_is_told_and_so_is_none() throws Exception {
    Files.delete(home.resolve("secrets.json"));
    assertThat(results()).containsEntry("sign-in", "FAILED");

    Files.delete(home.resolve("sign-in.json"));
    assertThat(results())
        .containsEntry("sign-in", "WARNING")
        .containsEntry("address", "WARNING")
        .doesNotContainKey("answer");
  }

  @Test
  void a_config_that_the_aws_cli_cannot_read_is_told() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), "[profile broken\n");

    assertThat(results()).containsEntry("profiles", "FAILED");
  }

  @Test
  void pages_are_opened_at_the_broker_alone() throws Exception {
    assertThat(daypass.run("console", "--print-url").out().strip())
        .isEqualTo(api.url() + "/security");
    assertThat(daypass.run("console", "--print-url", "--path", "/security/keys").out().strip())
        .isEqualTo(api.url() + "/security/keys");
    for (String other : List.of("//evil.example.com", "https://evil.example.com", "x", "/a b")) {
      assertThat(daypass.run("console", "--print-url", "--path", other).exitCode())
          .as(other)
          .isEqualTo(ExitCode.USAGE);
    }
  }
}
