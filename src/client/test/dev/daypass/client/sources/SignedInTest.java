package dev.daypass.client.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.client.SignIn;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedInTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final RoleRequest ROLE =
      new RoleRequest(
          "arn:aws:iam::111122223333:role/app",
          "alice",
          Duration.ofHours(1),
          Optional.empty(),
          Map.of());

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String code = "Some";
  private volatile Instant now = NOW;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/sessions",
        exchange -> {
          asked.incrementAndGet();
          String body =
              status == 200
                  ? "{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"expiration\":\"2026-11-26T13:00:00Z\",\"arn\":\"a\"}"
                  : "{\"error\":{\"code\":\"%s\",\"message\":\"m\"}}".formatted(code);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private Fetched fetched(URI broker, Supplier<Optional<SignIn>> signIn) {
    return new SignedIn(broker, signIn, ROLE, new BrokerClock(() -> now)).fetch();
  }

  private Optional<SignIn> signedIn(URI at, Instant until) {
    return Optional.of(new SignIn(at, Secret.of("token"), until, "arn", true));
  }

  private Fetched fetched() {
    return fetched(url(), () -> signedIn(url(), NOW.plusSeconds(60)));
  }

  @Test
  void a_sign_in_gives_credentials() {
    assertThat(fetched()).isInstanceOf(Fetched.Fresh.class);
  }

  @Test
  void what_another_broker_gave_is_not_brought_to_this_one() {
    URI other = URI.create("https://other.example.com");

    assertThat(fetched(url(), () -> signedIn(other, NOW.plusSeconds(60))))
        .isInstanceOfSatisfying(
            Fetched.Refused.class,
            no -> assertThat(no.message()).contains("You are not signed in at " + url()));
    assertThat(fetched(other, () -> signedIn(url(), NOW.plusSeconds(60))))
        .isInstanceOf(Fetched.Refused.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void who_has_not_signed_in_asks_nobody() {
    assertThat(fetched(url(), Optional::empty)).isInstanceOf(Fetched.Refused.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void the_broker_says_that_a_sign_in_has_ended() {
    status = 403;
    code = "ExpiredToken";

    assertThat(fetched())
        .isInstanceOfSatisfying(
            Fetched.Refused.class,
            no -> {
              assertThat(no.code()).isEqualTo("ExpiredToken");
              assertThat(no.message()).contains("You are not signed in at " + url());
            });
  }

  @Test
  void a_clock_that_is_days_ahead_ends_no_sign_in() {
    now = NOW.plus(Duration.ofDays(3));

    assertThat(fetched()).isInstanceOf(Fetched.Fresh.class);
  }

  @Test
  void the_time_of_the_broker_is_heard_from_its_answers() {
    now = Instant.now().plus(Duration.ofDays(3));
    BrokerClock clock = new BrokerClock(() -> now);

    new SignedIn(url(), () -> signedIn(url(), NOW), ROLE, clock).fetch();

    assertThat(clock.skew()).isBetween(Duration.ofHours(-73), Duration.ofHours(-71));
  }

  @Test
  void a_no_is_told_from_what_passes() {
    status = 403;
    assertThat(fetched()).isInstanceOf(Fetched.Refused.class);
    status = 429;
    assertThat(fetched()).isInstanceOf(Fetched.Away.class);
    status = 503;
    assertThat(fetched()).isInstanceOf(Fetched.Away.class);
    server.stop(0);
    assertThat(fetched()).isInstanceOf(Fetched.Away.class);
  }

  @Test
  void a_keyring_that_does_not_answer_passes() {
    assertThat(
            fetched(
                url(),
                () -> {
                  throw new StoreUnavailable("locked");
                }))
        .isInstanceOfSatisfying(
            Fetched.Away.class, away -> assertThat(away.message()).isEqualTo("locked"));
  }
}
