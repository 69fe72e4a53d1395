package dev.daypass.broker;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not a proper call is refused in AWS's words, whatever it is.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class RefusalsTest {
  private static final String WHO = "Action=GetCallerIdentity&Version=2011-06-15";

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
  }

  private Reply raw(String body, String contentType) {
    return wire.send(
        HttpRequest.newBuilder(wire.server())
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Reply form(String body) {
    return raw(body, "application/x-www-form-urlencoded");
  }

  private static void assertRefused(Reply reply, int status, String code, String message) {
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.message()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text("Type")).isEqualTo("Sender");
    assertThat(reply.raw().headers().firstValue("x-amzn-RequestId"))
        .contains(reply.text("RequestId"));
    assertThat(reply.raw().headers().firstValue("content-type")).contains("text/xml");
  }

  @Test
  void an_unknown_action() {
    assertRefused(
        form("Action=Dance&Version=2011-06-15"),
        400,
        "InvalidAction",
        "Could not find operation Dance for version 2011-06-15");
  }

  @Test
  void an_action_of_another_version() {
    assertRefused(
        form("Action=GetUser&Version=2011-06-15"),
        400,
        "InvalidAction",
        "Could not find operation GetUser for version 2011-06-15");
  }

  @Test
  void no_action() {
    assertRefused(
        form(""),
        400,
        "MissingAction",
        "The request is missing an action or a required parameter.");
    assertRefused(
        raw("{}", "application/json"),
        400,
        "MissingAction",
        "The request is missing an action or a required parameter.");
  }

  @Test
  void no_signature() {
    assertRefused(
        form(WHO), 403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  }

  @Test
  void an_unknown_key() {
    assertRefused(
        wire.sts(new Key("AKIAIOSFODNN7EXAMPLE", "secret", Optional.empty()), "GetCallerIdentity"),
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
  }

  @Test
  void another_secret() {
    Reply reply =
        wire.sts(new Key(TestServers.ADMIN_KEY, "another", Optional.empty()), "GetCallerIdentity");

    assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
    assertThat(reply.message()).startsWith("The request signature we calculated does not match");
  }

  @Test
  void a_session_without_its_token_and_a_token_with_a_long_term_key() {
    Person alice = people.user();
    Key session = wire.sts(alice.key(), "GetSessionToken").credentials();

    assertThat(
            wire.sts(new Key(session.id(), session.secret(), Optional.empty()), "GetCallerIdentity")
                .code())
        .isEqualTo("InvalidClientTokenId");
    assertThat(
            wire.sts(
                    new Key(alice.key().id(), alice.key().secret(), session.token()),
                    "GetCallerIdentity")
                .code())
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void the_token_of_another_session() {
    Person alice = people.user();
    Key one = wire.sts(alice.key(), "GetSessionToken").credentials();
    Key other = wire.sts(alice.key(), "GetSessionToken").credentials();

    assertThat(wire.sts(new Key(one.id(), one.secret(), other.token()), "GetCallerIdentity").code())
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void a_token_with_anything_changed() {
    Key session = wire.sts(people.user().key(), "GetSessionToken").credentials();
    String token = session.token().orElseThrow();
    String[] parts = token.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String richer = encode(claims.replace("\"kind\":\"USER\"", "\"kind\":\"ROLE\""));
    String none = encode("{\"alg\":\"none\",\"typ\":\"daypass-session+jwt\"}");
    String hmac = encode("{\"alg\":\"HS256\",\"typ\":\"daypass-session+jwt\"}");

    for (String twisted :
        new String[] {
          parts[0] + "." + richer + "." + parts[2],
          none + "." + parts[1] + ".",
          hmac + "." + parts[1] + "." + parts[2],
          parts[0] + "." + parts[1] + ".",
          parts[0] + "." + parts[1],
          parts[0] + "." + parts[1] + "." + parts[2].substring(0, 80),
          token + "x",
          "x" + token,
          "..",
          "token",
          "x".repeat(17_000)
        }) {
      Reply reply =
          wire.sts(
              new Key(session.id(), session.secret(), Optional.of(twisted)), "GetCallerIdentity");

      assertThat(reply.code()).as(twisted).isEqualTo("InvalidClientTokenId");
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_session_token_is_no_bearer_token() {
    Key session = wire.sts(people.user().key(), "GetSessionToken").credentials();

    Reply reply =
        wire.send(
            HttpRequest.newBuilder(wire.server().resolve("/api/identity"))
                .header("Authorization", "Bearer " + session.token().orElseThrow())
                .GET());

    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void a_session_of_a_user_cannot_make_another_nor_use_iam_without_mfa() {
    Key session = wire.sts(Key.ADMIN, "GetSessionToken").credentials();

    assertThat(wire.sts(session, "GetSessionToken").message())
        .isEqualTo("Cannot call GetSessionToken with session credentials");
    assertThat(wire.iam(session, "ListUsers").code()).isEqualTo("InvalidClientTokenId");
  }

  @Test
  void another_body_than_the_signed_one() {
    HttpRequest.Builder signed = wire.signed(Key.ADMIN, "sts", WHO);

    Reply reply = wire.send(signed.POST(HttpRequest.BodyPublishers.ofString(WHO + "&a=b")));

    assertThat(reply.code()).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void http_2_is_as_good_as_http_1() {
    try (HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      assertThat(Wire.send(http2, wire.signed(Key.ADMIN, "sts", WHO)).status()).isEqualTo(200);
      assertThat(Wire.send(http2, api("/.well-known/jwks.json")).status()).isEqualTo(200);
      assertThat(Wire.send(http2, api("/api/sign-in").POST(ofString("{}"))).status())
          .isEqualTo(400);
    }
  }

  private HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(wire.server().resolve(path))
        .header("Content-Type", "application/json");
  }

  /// Policies, tokens and lists make large forms; what is refused is what is asked.
  @Test
  void a_large_form_is_read_like_any_other() {
    StringBuilder body = new StringBuilder(WHO).append("&Large=").append("x".repeat(500_000));
    for (int i = 0; i < 1_500; i++) {
      body.append("&Member.").append(i).append("=x");
    }

    assertThat(form(body.toString()).code()).isEqualTo("MissingAuthenticationToken");
  }

  @Test
  void a_parameter_that_is_given_twice() {
    assertThat(form(WHO + "&Version=2011-06-15").code()).isEqualTo("MalformedQueryString");
  }

  /// A client that asks first is told before it sends; one that does not may find the connection
  /// closed while it still sends.
  @Test
  void a_body_that_is_too_large() {
    Reply reply =
        wire.send(
            HttpRequest.newBuilder(wire.server())
                .expectContinue(true)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("a=" + "x".repeat(2 << 20))));

    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void a_body_that_is_too_large_and_does_not_say_so() throws IOException {
    String chunk = "10000\r\n" + "x".repeat(1 << 16) + "\r\n";

    assertThat(raw("Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17))).contains(" 413 ");
  }

  @Test
  void an_expectation_that_there_is_not() throws IOException {
    assertThat(raw("Expect: the-moon\r\nContent-Length: 1\r\n\r\na")).contains(" 400 ");
  }

  /// The first line of the answer.
  private String raw(String afterHost) throws IOException {
    URI server = wire.server();
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(("POST / HTTP/1.1\r\nHost: x\r\n" + afterHost).getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
  void another_method(String method) {
    Reply reply =
        wire.send(
            HttpRequest.newBuilder(wire.server())
                .method(method, HttpRequest.BodyPublishers.noBody()));

    assertThat(reply.status()).isBetween(400, 499);
  }

  @Test
  void noise_of_any_kind() {
    Random random = new Random(17);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      String body =
          random.nextBoolean()
              ? new String(bytes, StandardCharsets.ISO_8859_1)
              : "Action=AssumeRole&Version=2011-06-15&"
                  + Wire.encode(new String(bytes, StandardCharsets.ISO_8859_1));

      Reply reply =
          random.nextBoolean() ? form(body) : wire.send(wire.signed(Key.ADMIN, "sts", body));

      assertThat(reply.status()).as(body).isBetween(400, 499);
    }
  }
}
