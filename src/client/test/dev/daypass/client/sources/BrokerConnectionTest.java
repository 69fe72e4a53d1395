package dev.daypass.client.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.daypass.client.sources.BrokerConnection.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerConnectionTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private BrokerConnection plain(HttpHandler handler) throws IOException {
    server = HttpServer.create(anywhere(), 0);
    start(handler);
    return connection("http://127.0.0.1", Optional.empty());
  }

  private void start(HttpHandler handler) {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            handler.handle(exchange);
          }
        });
    server.start();
  }

  private BrokerConnection connection(String origin, Optional<Path> caFile) throws IOException {
    return BrokerConnection.to(
        URI.create(origin + ":" + server.getAddress().getPort()),
        caFile,
        false,
        new BrokerClock(InstantSource.system()));
  }

  private static Answer send(BrokerConnection broker) throws IOException {
    return broker.send(broker.request("/", "", "text/plain", "asked"));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// A broker of this name, whose certificate is in `ca.pem`.
  private void secure(String subject) throws Exception {
    Path keys = folder.resolve("keys.p12");
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=x", "-ext", "SAN=" + subject);
    keytool("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString());
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    HttpsServer https = HttpsServer.create(anywhere(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context));
    server = https;
    start(exchange -> answer(exchange, 200, "secure"));
  }

  private void keytool(String command, String... more) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/keytool",
                command,
                "-alias",
                "broker",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                "changeit"));
    all.addAll(List.of(more));
    assertThat(new ProcessBuilder(all).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void an_answer_is_told_with_what_the_broker_says_beside_it() throws Exception {
    BrokerConnection broker =
        plain(
            exchange -> {
              exchange.getResponseHeaders().set("Retry-After", "7");
              answer(exchange, 503, "later");
            });

    assertThat(send(broker))
        .isEqualTo(new Answer(503, "later", Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 403, 407, 500})
  void an_answer_may_be_empty_and_of_any_status(int status) throws Exception {
    BrokerConnection broker = plain(exchange -> exchange.sendResponseHeaders(status, -1));

    assertThat(send(broker)).isEqualTo(new Answer(status, "", Optional.empty()));
    assertThat(asked).hasValue(1);
  }

  @Test
  void no_redirect_is_followed() throws Exception {
    BrokerConnection broker =
        plain(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "/elsewhere");
              answer(exchange, 307, "");
            });

    assertThat(send(broker).status()).isEqualTo(307);
    assertThat(asked).hasValue(1);
  }

  @Test
  void the_time_of_the_broker_is_heard() throws Exception {
    BrokerConnection broker = plain(exchange -> answer(exchange, 200, ""));
    InstantSource slow = () -> Instant.now().minusSeconds(3600);
    BrokerConnection behind =
        BrokerConnection.to(broker.server(), Optional.empty(), false, new BrokerClock(slow));

    send(behind);

    assertThat(behind.clock().skew()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
  }

  @Test
  void a_huge_answer_is_none() throws Exception {
    BrokerConnection broker = plain(exchange -> answer(exchange, 200, "x".repeat((1 << 17) + 1)));

    assertThatThrownBy(() -> send(broker))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("long");
  }

  @Test
  void an_answer_that_comes_byte_by_byte_is_given_up_after_five_seconds() throws Exception {
    BrokerConnection broker =
        plain(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              drip(exchange.getResponseBody());
            });
    long began = System.nanoTime();

    assertThatThrownBy(() -> send(broker)).isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
  }

  private static void drip(OutputStream out) throws IOException {
    try {
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(200);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_breaks_off_is_not_sent_once_more() throws Exception {
    try (ServerSocket breaking = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> breakOff(breaking));
      BrokerConnection broker =
          BrokerConnection.to(
              URI.create("http://127.0.0.1:" + breaking.getLocalPort()),
              Optional.empty(),
              false,
              new BrokerClock(InstantSource.system()));

      assertThatThrownBy(() -> send(broker)).isInstanceOf(IOException.class);
      assertThat(asked).hasValue(1);
    }
  }

  private void breakOff(ServerSocket server) {
    try {
      while (true) {
        try (Socket socket = server.accept()) {
          asked.incrementAndGet();
          socket.getInputStream().read(new byte[4096]);
        }
      }
    } catch (SocketException _) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_broker_of_the_named_authority_is_believed_and_no_other() throws Exception {
    secure("dns:localhost");
    Path ca = folder.resolve("ca.pem");

    assertThat(send(connection("https://localhost", Optional.of(ca))).body()).isEqualTo("secure");
    assertThatThrownBy(() -> send(connection("https://localhost", Optional.empty())))
        .isInstanceOf(SSLException.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_broker_of_another_name_is_not_believed() throws Exception {
    secure("dns:elsewhere.example");

    assertThatThrownBy(
            () -> send(connection("https://localhost", Optional.of(folder.resolve("ca.pem")))))
        .isInstanceOf(IOException.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_file_without_a_certificate_is_refused() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "none");
    URI server = URI.create("https://daypass.example.com");
    BrokerClock clock = new BrokerClock(InstantSource.system());

    assertThatThrownBy(() -> BrokerConnection.to(server, Optional.of(none), false, clock))
        .isInstanceOf(IOException.class);
  }

  @Test
  void what_is_older_than_tls_1_2_is_refused_even_where_the_jdk_takes_it() throws Exception {
    Process old =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Old.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).endsWith("java.io.IOException: the broker speaks TLSv1.1, asked 0\n");
  }

  /// A JDK that was told to take everything, and a broker that has nothing else.
  static final class Old {
    private Old() {}

    public static void main(String[] folder) throws Exception {
      Security.setProperty("jdk.tls.disabledAlgorithms", "NULL");
      System.setProperty("jdk.tls.client.protocols", "TLSv1.1");
      BrokerConnectionTest test = new BrokerConnectionTest();
      test.folder = Path.of(folder[0]);
      test.secure("dns:localhost");
      try {
        send(test.connection("https://localhost", Optional.of(test.folder.resolve("ca.pem"))));
      } catch (IOException e) {
        System.out.println(e + ", asked " + test.asked);
      }
      test.stop();
      System.exit(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://d.example:443 d.example",
        "https://d.example d.example",
        "https://d.example:8443 d.example:8443",
        "http://127.0.0.1:80 127.0.0.1",
        "http://127.0.0.1:443 127.0.0.1:443"
      })
  void what_is_signed_is_the_host_that_is_sent(String serverAndHost) throws Exception {
    String[] parts = serverAndHost.split(" ");
    BrokerConnection broker =
        BrokerConnection.to(
            URI.create(parts[0]), Optional.empty(), false, new BrokerClock(InstantSource.system()));

    assertThat(broker.request("/", "", "text/plain", "").headers().getFirst().value())
        .isEqualTo(parts[1]);
  }
}
