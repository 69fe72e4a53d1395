package dev.daypass.sidecar;

import static dev.daypass.sidecar.TestSidecar.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.daypass.sidecar.TestSidecar.Reply;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Credentials at a socket of the file system.
class SocketTest {
  @TempDir Path folder;
  private FakeBroker broker;
  private Path socket;

  @BeforeEach
  void start() throws IOException {
    broker = FakeBroker.start();
    socket = folder.resolve("socket");
  }

  @AfterEach
  void end() {
    broker.close();
  }

  private TestSidecar sidecar() throws IOException {
    TestSidecar sidecar = TestSidecar.at(socket, broker, folder, APP);
    await().until(() -> sidecar.ask("app").status() == 200);
    return sidecar;
  }

  private String told(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Reply asked(String line, String... headers) throws IOException {
    return TestSidecar.reply(told(line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n"));
  }

  private static String token(TestSidecar sidecar) throws IOException {
    return "Authorization: " + sidecar.token("app");
  }

  @Test
  void who_shows_the_token_gets_the_credentials() throws Exception {
    try (TestSidecar sidecar = sidecar()) {
      Reply reply = asked("GET /v1/credentials HTTP/1.1", "Host: localhost", token(sidecar));

      assertThat(reply.status()).as(reply.head()).isEqualTo(200);
      assertThat(reply.json()).containsKeys("AccessKeyId", "SecretAccessKey", "Token");
      assertThat(reply.head()).contains("Cache-Control: no-store", "Connection: close");
    }
  }

  @Test
  void its_owner_alone_can_reach_it_and_it_goes_with_the_process() throws Exception {
    try (TestSidecar _ = sidecar()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      try (var all = Files.list(folder)) {
        assertThat(all.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("socket", "app.token");
      }
    }

    assertThat(socket).doesNotExist();
  }

  @Test
  void everything_else_is_refused_as_at_an_address() throws Exception {
    try (TestSidecar sidecar = sidecar()) {
      String token = token(sidecar);
      String get = "GET /v1/credentials HTTP/1.1";

      assertThat(asked(get, "Host: localhost").status()).isEqualTo(401);
      assertThat(asked(get, "Host: localhost", token + "x").status()).isEqualTo(401);
      for (String host : new String[] {"Host: evil.example", "Host: 127.0.0.1", "Host: ", "X: y"}) {
        assertThat(asked(get, host, token).status()).as(host).isEqualTo(403);
      }
      assertThat(asked(get, "Host: localhost", "Host: localhost", token).status()).isEqualTo(403);
      for (String header : new String[] {"Origin: null", "Via: 1.1 x", "X-Forwarded-For: ::1"}) {
        assertThat(asked(get, "Host: localhost", token, header).status()).as(header).isEqualTo(403);
      }
      assertThat(asked("POST /v1/credentials HTTP/1.1", "Host: localhost", token).status())
          .isEqualTo(405);
      assertThat(
              asked("GET http://localhost/v1/credentials HTTP/1.1", "Host: localhost", token)
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void what_is_no_request_is_told_so() throws Exception {
    try (TestSidecar sidecar = sidecar()) {
      String token = token(sidecar);

      for (String line :
          new String[] {
            "GET /v1/credentials", "GET  /v1/credentials HTTP/1.1", "", "\u0000", "GET / HTTP/2.0"
          }) {
        assertThat(asked(line, "Host: localhost", token).status()).as(line).isEqualTo(400);
      }
      for (String header : new String[] {"Host : localhost", " folded", "no colon", "A: \u0001"}) {
        assertThat(asked("GET /v1/credentials HTTP/1.1", "Host: localhost", token, header).status())
            .as(header)
            .isEqualTo(400);
      }
      assertThat(told("GET / HTTP/1.1\r\nA: " + "a".repeat(32_768))).startsWith("HTTP/1.1 400 ");
      assertThat(told("GET / HTTP/1.1\r\n" + "A: a\r\n".repeat(51) + "\r\n"))
          .startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void who_takes_too_long_is_cut_off() throws Exception {
    try (TestSidecar _ = sidecar();
        SocketChannel slow = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      slow.write(ByteBuffer.wrap("GET /".getBytes(StandardCharsets.UTF_8)));
      Instant begun = Instant.now();

      assertThat(slow.read(ByteBuffer.allocate(1))).isEqualTo(-1);

      assertThat(Duration.between(begun, Instant.now()))
          .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
    }
  }

  private ServerSocketChannel listening() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  @Test
  void one_that_was_left_behind_is_replaced() throws Exception {
    listening().close();
    assertThat(socket).exists();

    try (TestSidecar sidecar = sidecar()) {
      assertThat(asked("GET /v1/credentials HTTP/1.1", "Host: localhost", token(sidecar)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void one_that_is_listened_at_stays() throws Exception {
    try (ServerSocketChannel _ = listening()) {
      assertThatThrownBy(this::sidecar)
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen at %s: somebody listens there", socket);
      assertThat(socket).exists();
    }
  }

  @Test
  void whatever_else_is_there_stays() throws Exception {
    Files.writeString(socket, "mine");
    assertThatThrownBy(this::sidecar).hasMessageContaining("it is there, and no socket");
    assertThat(socket).hasContent("mine");

    Path elsewhere = Files.move(socket, folder.resolve("elsewhere"));
    Files.createSymbolicLink(socket, elsewhere);
    assertThatThrownBy(this::sidecar).hasMessageContaining("it is there, and no socket");
    assertThat(socket).isSymbolicLink();

    Files.delete(socket);
    Files.createDirectory(socket);
    assertThatThrownBy(this::sidecar).hasMessageContaining("it is there, and no socket");
    assertThat(socket).isDirectory();
  }

  @Test
  void a_place_that_cannot_be_is_told() {
    socket = folder.resolve("nowhere").resolve("socket");
    assertThatThrownBy(this::sidecar)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at");
    socket = folder.resolve("x".repeat(120));
    assertThatThrownBy(this::sidecar)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen at");
    assertThat(folder.resolve("x".repeat(120))).doesNotExist();
  }

  @Test
  void another_s_that_came_in_its_place_is_not_taken_away() throws Exception {
    TestSidecar sidecar = sidecar();
    Files.delete(socket);
    try (ServerSocketChannel _ = listening()) {
      sidecar.close();

      assertThat(socket).exists();
    }
  }
}
