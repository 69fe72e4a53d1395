package dev.daypass.client.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker takes a signature for a quarter of an hour, and a computer's clock may be wrong by
/// more.
class WrongClockTest {
  private static final Duration TOLERATED = Duration.ofMinutes(15);
  private static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final RoleRequest ROLE =
      new RoleRequest(
          "arn:aws:iam::111122223333:role/app",
          "app",
          Duration.ofHours(1),
          Optional.empty(),
          Map.of());

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private volatile boolean known = true;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      exchange.getRequestBody().readAllBytes();
      Instant signed =
          SIGNED_AT.parse(exchange.getRequestHeaders().getFirst("X-Amz-Date"), Instant::from);
      boolean timely = Duration.between(signed, Instant.now()).abs().compareTo(TOLERATED) < 0;
      byte[] body = (timely && known ? credentials() : refusal()).getBytes(StandardCharsets.UTF_8);
      // The JDK's server can end a connection while the next question is on its way.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.sendResponseHeaders(timely && known ? 200 : 403, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String credentials() {
    return """
        <R><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
        <SessionToken>t</SessionToken><Expiration>%s</Expiration></Credentials>
        <AssumedRoleUser><Arn>arn</Arn></AssumedRoleUser></R>"""
        .formatted(Instant.now().plusSeconds(3600));
  }

  private static String refusal() {
    return "<R><Error><Code>SignatureDoesNotMatch</Code><Message>m</Message></Error></R>";
  }

  private Fetched fetched(Duration ahead) throws IOException {
    InstantSource wrong = () -> Instant.now().plus(ahead);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var broker = BrokerConnection.to(url, Optional.empty(), false, new BrokerClock(wrong));
    return new AccessKey(new SecurityTokenService(broker), ROLE, "AKIA1", Secret.of("s")).fetch();
  }

  @Test
  void a_signature_that_was_refused_for_a_wrong_clock_is_made_once_more() throws Exception {
    for (Duration wrong : new Duration[] {Duration.ofHours(3), Duration.ofMinutes(-20)}) {
      asked.set(0);

      assertThat(fetched(wrong)).isInstanceOf(Fetched.Fresh.class);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void what_is_refused_for_anything_else_is_asked_once() throws Exception {
    known = false;

    assertThat(fetched(Duration.ZERO)).isInstanceOf(Fetched.Refused.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void what_is_refused_at_the_right_time_too_is_refused() throws Exception {
    known = false;

    assertThat(fetched(Duration.ofHours(3))).isInstanceOf(Fetched.Refused.class);
    assertThat(asked).hasValue(2);
  }
}
