package dev.daypass.client.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.LoginFailed.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserLoginTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(10);

  private FakeBroker broker;
  private TokenService tokens;
  private BrowserLogin login;

  @BeforeEach
  void begin() throws IOException {
    broker = new FakeBroker();
    tokens = broker.tokens(Clock.fixed(NOW, ZoneOffset.UTC));
    login = BrowserLogin.begin(tokens, 0, new SecureRandom());
  }

  @AfterEach
  void end() {
    login.close();
    broker.close();
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new HashMap<>();
    for (String pair : login.link().getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return asked;
  }

  private URI callback() {
    return URI.create(asked().get("redirect_uri"));
  }

  /// As a browser does, with any Host.
  private String visit(String method, String pathAndQuery, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), callback().getPort())) {
      socket
          .getOutputStream()
          .write(
              "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                  .formatted(method, pathAndQuery, host)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String brought(String query) throws IOException {
    return visit("GET", callback().getPath() + "?" + query, callback().getAuthority());
  }

  private String right() {
    return "code=the-code&state=" + asked().get("state");
  }

  @Test
  void the_browser_brings_a_code_that_is_traded_for_the_sign_in() throws Exception {
    broker.answers.add(FakeBroker.token());

    String page = brought(right());
    SignIn signIn = login.finish(SOON);

    assertThat(page)
        .startsWith("HTTP/1.1 200")
        .contains("You can close this tab", "default-src 'none'")
        .containsIgnoringCase("cache-control: no-store")
        .doesNotContain("the-code");
    assertThat(signIn.token().revealText()).isEqualTo("the-token");
    assertThat(signIn.arn()).isEqualTo("arn:aws:iam::111122223333:user/alice");
    assertThat(signIn.mfa()).isTrue();
    assertThat(signIn.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(broker.traded.getFirst())
        .containsEntry("grantType", "authorization_code")
        .containsEntry("clientId", "the-client")
        .containsEntry("clientSecret", "the-secret")
        .containsEntry("code", "the-code")
        .containsEntry("redirectUri", callback().toString());
  }

  @Test
  void it_registers_for_everything_and_proves_that_it_asked() throws Exception {
    broker.answers.add(FakeBroker.token());
    Map<String, String> asked = asked();
    brought(right());
    login.finish(SOON);

    assertThat(broker.registered.getFirst())
        .containsEntry("scopes", List.of("daypass:api"))
        .containsEntry("grantTypes", List.of("authorization_code"))
        .containsEntry("redirectUris", List.of("http://127.0.0.1/oauth/callback"));
    assertThat(login.link().toString()).startsWith("https://daypass.example.com/authorize?");
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("scopes", "daypass:api");
    assertThat(callback().getHost()).isEqualTo("127.0.0.1");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(broker.traded.getFirst().get("codeVerifier").toString().getBytes());
    assertThat(asked.get("code_challenge"))
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code=the-code",
        "code=the-code&state=",
        "code=the-code&state=wrong",
        "state=STATE",
        "code=&state=STATE",
        "code=a&code=b&state=STATE",
        "code=a&state=STATE&state=STATE",
        "error=access_denied&state=wrong",
      })
  void what_is_no_answer_changes_nothing(String query) throws Exception {
    broker.answers.add(FakeBroker.token());

    String page = brought(query.replace("STATE", asked().get("state")));

    assertThat(page).startsWith("HTTP/1.1 400").contains("This is not the answer");
    brought(right());
    assertThat(login.finish(SOON).token().revealText()).isEqualTo("the-token");
  }

  @Test
  void names_that_others_lead_here_are_refused() throws Exception {
    int port = callback().getPort();
    for (String host :
        List.of("evil.example.com", "localhost:" + port, "127.0.0.1", "127.0.0.1:1", "")) {
      assertThat(visit("GET", callback().getPath() + "?" + right(), host))
          .as(host)
          .startsWith("HTTP/1.1 400");
    }
    assertThatThrownBy(() -> login.finish(Duration.ofMillis(50))).isInstanceOf(LoginFailed.class);
  }

  @Test
  void only_the_callback_is_there_and_only_to_get() throws Exception {
    String here = callback().getAuthority();

    assertThat(visit("GET", "/?" + right(), here)).startsWith("HTTP/1.1 404");
    assertThat(visit("GET", "/oauth/callback/x?" + right(), here)).startsWith("HTTP/1.1 404");
    assertThat(visit("POST", callback().getPath() + "?" + right(), here))
        .startsWith("HTTP/1.1 405");
    assertThatThrownBy(() -> login.finish(Duration.ofMillis(50))).isInstanceOf(LoginFailed.class);
  }

  @Test
  void the_first_answer_counts() throws Exception {
    broker.answers.add(FakeBroker.token());

    brought(right());
    String second = brought("code=another&state=" + asked().get("state"));
    login.finish(SOON);

    assertThat(second).startsWith("HTTP/1.1 410");
    assertThat(broker.traded.getFirst()).containsEntry("code", "the-code");
  }

  @Test
  void a_person_who_would_not_gives_nothing() throws Exception {
    String page = brought("error=access_denied&state=" + asked().get("state"));

    LoginFailed failed = catchThrowableOfType(LoginFailed.class, () -> login.finish(SOON));

    assertThat(failed.reason()).isEqualTo(Reason.REFUSED);
    assertThat(page).contains("Nothing was given");
    assertThat(broker.traded).isEmpty();
  }

  @Test
  void it_does_not_wait_for_ever() {
    LoginFailed failed =
        catchThrowableOfType(LoginFailed.class, () -> login.finish(Duration.ofMillis(50)));

    assertThat(failed.reason()).isEqualTo(Reason.TOO_LATE);
  }

  @Test
  void a_connection_that_says_nothing_keeps_nobody_waiting() throws Exception {
    broker.answers.add(FakeBroker.token());
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), callback().getPort())) {
      silent.getOutputStream().write("GET".getBytes());

      brought(right());

      assertThat(login.finish(SOON).mfa()).isTrue();
    }
  }

  @Test
  void a_port_that_is_taken_is_said() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      LoginFailed failed =
          catchThrowableOfType(
              LoginFailed.class,
              () -> BrowserLogin.begin(tokens, taken.getLocalPort(), new SecureRandom()));

      assertThat(failed.reason()).isEqualTo(Reason.PORT_TAKEN);
      assertThat(failed).hasMessageContaining("--callback-port");
    }
  }

  @Test
  void it_waits_at_the_port_it_is_told() throws Exception {
    int port;
    try (ServerSocket probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    try (BrowserLogin fixed = BrowserLogin.begin(tokens, port, new SecureRandom())) {
      assertThat(fixed.link().getRawQuery()).contains("127.0.0.1%3A" + port + "%2Foauth");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://x/ --new-window",
        "https://x/\u001b[2J",
        "ftp://x/",
        "",
      })
  void no_address_is_opened_that_is_not_of_the_web(String address) {
    broker.tool.put("authorizationEndpoint", address);

    assertThatThrownBy(() -> BrowserLogin.begin(tokens, 0, new SecureRandom()))
        .isInstanceOf(LoginFailed.class);
  }

  @Test
  void a_code_that_the_broker_refuses_is_told() throws Exception {
    broker.answers.add("invalid_grant");
    brought(right());

    assertThatThrownBy(() -> login.finish(SOON))
        .isInstanceOf(BrokerRefused.class)
        .hasMessage("why invalid_grant");
  }

  @Test
  void a_broker_that_does_not_know_the_scope_is_said_to() {
    broker.tool =
        Map.of("error", "invalid_scope", "error_description", "The scope that there is is x.");

    assertThatThrownBy(() -> BrowserLogin.begin(tokens, 0, new SecureRandom()))
        .isInstanceOf(LoginFailed.class)
        .hasMessageContaining("--tty");

    broker.tool = Map.of("error", "slow_down", "error_description", "Later.");
    assertThatThrownBy(() -> BrowserLogin.begin(tokens, 0, new SecureRandom()))
        .isInstanceOf(BrokerRefused.class)
        .hasMessage("Later.");
  }

  @Test
  void what_is_no_broker_is_said() throws Exception {
    for (String answer : List.of("{}", "{\"accessToken\": 1, \"expiresIn\": 2}", "{\"a\"")) {
      try (BrowserLogin other = BrowserLogin.begin(tokens, 0, new SecureRandom())) {
        broker.answers.add(answer);
        BrowserLogin before = login;
        login = other;
        brought(right());
        login = before;
        assertThatThrownBy(() -> other.finish(SOON))
            .as(answer)
            .isInstanceOf(LoginFailed.class)
            .hasMessageContaining("no broker");
      }
    }
  }
}
