package dev.daypass.sidecar;

import static dev.daypass.sidecar.TestSidecar.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.sidecar.TestSidecar.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What others on this computer, pages in its browser and proxies on it try. They all know the
/// token here, so that nothing but the check in question refuses them.
class AttacksTest {
  @TempDir Path folder;
  private FakeBroker broker;
  private TestSidecar sidecar;
  private int port;
  private String token;

  @BeforeEach
  void start() throws IOException {
    broker = FakeBroker.start();
    sidecar = TestSidecar.of(broker, folder, APP);
    port = sidecar.port();
    token = "Authorization: " + sidecar.token("app");
    await().until(() -> sidecar.ask("app").status() == 200);
  }

  @AfterEach
  void end() {
    sidecar.close();
    broker.close();
  }

  private static void assertNothingLeaks(Reply reply) {
    assertThat(reply.body()).doesNotContain("ASIA", "SecretAccessKey");
    assertThat(reply.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:PORT.evil.example",
        "127.1:PORT",
        "0.0.0.0:PORT",
        "[::1]:PORT",
        "2130706433:PORT",
        "localhost.:PORT",
        "evil.example@127.0.0.1:PORT",
        ""
      })
  void a_name_that_was_made_to_point_here_gets_nothing(String host) throws IOException {
    Reply reply =
        TestSidecar.raw(
            port,
            "GET /v1/credentials HTTP/1.1",
            "Host: " + host.replace("PORT", Integer.toString(port)),
            token);

    assertThat(reply.status()).isEqualTo(403);
    assertNothingLeaks(reply);
  }

  @Test
  void one_host_is_named_and_no_second() throws IOException {
    Reply two = TestSidecar.get(port, "/v1/credentials", "Host: evil.example", token);
    Reply none = TestSidecar.raw(port, "GET /v1/credentials HTTP/1.0", token);

    assertThat(two.status()).isIn(400, 403);
    assertThat(none.status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
        "Referer: http://127.0.0.1/",
        "X-Forwarded-For: 127.0.0.1",
        "x-forwarded-anything: 1",
        "Forwarded: for=127.0.0.1",
        "Via: 1.1 proxy"
      })
  void pages_and_proxies_get_nothing(String header) throws IOException {
    Reply reply = TestSidecar.get(port, "/v1/credentials", token, header);

    assertThat(reply.status()).isEqualTo(403);
    assertNothingLeaks(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH"})
  void there_is_only_get(String method) throws IOException {
    Reply reply =
        TestSidecar.raw(
            port,
            method + " /v1/credentials HTTP/1.1",
            "Host: 127.0.0.1:" + port,
            "Content-Length: 0",
            token);

    assertThat(reply.status()).isEqualTo(405);
    assertNothingLeaks(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/credentials/",
        "/v1/credentials?x=1",
        "/v1//credentials",
        "/v1/../v1/credentials",
        "/v1/%63redentials",
        "/v2/credentials/",
        "/v2/credentials/%61pp",
        "/v2/credentials/other/../app",
        "/v1/credentials;x",
        "//127.0.0.1/v1/credentials",
        "http://127.0.0.1/v1/credentials"
      })
  void there_is_one_way_to_write_a_path(String path) throws IOException {
    Reply reply = TestSidecar.get(port, path, token);

    assertThat(reply.status()).isIn(400, 404);
    assertNothingLeaks(reply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Bearer TOKEN", "TOKENx", "token"})
  void another_token_gets_nothing(String shown) throws IOException {
    String header = "Authorization: " + shown.replace("TOKEN", sidecar.token("app"));
    Reply reply = TestSidecar.get(port, "/v1/credentials", header);

    assertThat(reply.status()).isEqualTo(401);
    assertNothingLeaks(reply);
    assertThat(TestSidecar.get(port, "/v1/credentials").status()).isEqualTo(401);
    assertThat(TestSidecar.get(port, "/v1/credentials", token, token).status()).isEqualTo(401);
  }

  @Test
  void a_token_that_was_changed_counts_for_a_minute_and_a_stale_one_not() throws Exception {
    String former = token;
    sidecar.sidecar().rotateTokens();

    assertThat(sidecar.ask("app").status()).isEqualTo(200);
    assertThat(TestSidecar.get(port, "/v1/credentials", former).status()).isEqualTo(200);

    sidecar.sidecar().rotateTokens();
    assertThat(TestSidecar.get(port, "/v1/credentials", former).status()).isEqualTo(401);
  }

  @Test
  void somebody_else_can_renew_the_token_in_the_file() throws Exception {
    Path file = folder.resolve("app.token");
    String renewed = "renewed-by-somebody-else-0123456789abcdef";
    Path made = folder.resolve("new");
    Files.writeString(made, renewed);
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("r--------"));
    Files.move(made, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

    assertThat(TestSidecar.get(port, "/v1/credentials", "Authorization: " + renewed).status())
        .isEqualTo(200);
  }

  @Test
  void the_token_is_for_its_owner_alone_and_has_no_end_of_line() throws Exception {
    Path file = folder.resolve("app.token");

    assertThat(Files.getPosixFilePermissions(file)).hasSize(1);
    assertThat(Files.readString(file)).hasSize(43).doesNotContain("\n");
  }

  @Test
  void slow_requests_do_not_keep_others_waiting_and_are_given_up() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("GET /v1/cred".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }

      assertThat(sidecar.ask("app").status()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(30)).until(() -> ended(slow.getFirst()));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static boolean ended(Socket socket) throws IOException {
    socket.setSoTimeout(100);
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (SocketException _) {
      return true;
    }
  }

  @Test
  void huge_requests_are_refused_and_others_go_on() throws Exception {
    String huge = "x".repeat(100_000);
    for (String header : List.of("Authorization: " + huge, "X-Huge: " + huge)) {
      try {
        Reply reply = TestSidecar.get(port, "/v1/credentials", header);
        assertThat(reply.status()).isNotEqualTo(200);
        assertNothingLeaks(reply);
      } catch (SocketException _) {
        // It hung up, which is as good.
      }
    }
    assertThat(sidecar.ask("app").status()).isEqualTo(200);
  }

  @Test
  void every_refusal_is_counted() throws Exception {
    TestSidecar.get(port, "/v1/credentials", token, "Origin: null");
    TestSidecar.get(port, "/v1/credentials", "Authorization: x");

    assertThat(sidecar.status("/metrics").body())
        .contains("daypass_sidecar_denied_total{reason=\"origin\"} 1")
        .contains("daypass_sidecar_denied_total{reason=\"token\"} 1");
  }
}
