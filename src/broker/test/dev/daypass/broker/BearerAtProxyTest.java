package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests with a bearer token, behind a proxy: the service's own policy gives them what they
/// have.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestProxied.class)
class BearerAtProxyTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TestHTTPResource URI server;
  private Wire wire;
  private People people;
  private Person alice;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    alice = people.user();
    people.allow(
        alice,
        """
        {"Effect": "Allow", "Action": ["sts:GetWebIdentityToken", "daypass:ExchangeToken"],
         "Resource": "*"},
        {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*"}
        """);
    wire.iam(Key.ADMIN, "EnableOutboundWebIdentityFederation");
  }

  private String token(String... audiences) {
    return signedWith("ES384", audiences);
  }

  private String signedWith(String algorithm, String... audiences) {
    String[] parameters = new String[audiences.length * 2 + 2];
    parameters[0] = "SigningAlgorithm";
    parameters[1] = algorithm;
    for (int i = 0; i < audiences.length; i++) {
      parameters[2 * i + 2] = "Audience.member." + (i + 1);
      parameters[2 * i + 3] = audiences[i];
    }
    return People.ok(wire.sts(alice.key(), "GetWebIdentityToken", parameters))
        .text("WebIdentityToken");
  }

  private HttpResponse<String> asked(String service, String method, String uri, String token)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(server.resolve("/forward-auth/" + service))
            .header("Authorization", "Bearer " + token)
            .header("X-Forwarded-Method", method)
            .header("X-Forwarded-Uri", uri)
            .header("X-Forwarded-Host", "orders.example.com")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int status(String method, String uri, String token) throws Exception {
    return asked("shared", method, uri, token).statusCode();
  }

  @Test
  void a_token_for_the_service_passes_as_whom_it_names() throws Exception {
    for (String algorithm : List.of("ES384", "RS256")) {
      HttpResponse<String> answer =
          asked("shared", "GET", "/orders/7", signedWith(algorithm, TestProxied.AUDIENCE));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-daypass-arn")).hasValue(alice.arn());
      assertThat(answer.headers().firstValue("x-daypass-session")).hasValue("");
      assertThat(answer.headers().firstValue("x-daypass-mfa")).hasValue("false");
    }
  }

  /// What the user may is not what its token may: a session that was narrowed could ask for one.
  @Test
  void the_policies_of_whom_it_names_give_it_nothing() throws Exception {
    String token = token(TestProxied.AUDIENCE);

    assertThat(status("DELETE", "/orders/7", token)).isEqualTo(403);
    assertThat(status("GET", "/other/7", token)).isEqualTo(403);
    assertThat(asked("shared", "GET", "/other/7", token).body())
        .contains("is not authorized to perform: execute-api:Invoke");
  }

  @Test
  void the_policy_of_the_service_has_a_say_about_signatures_too() throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String path : List.of("/orders/secret", "/orders/7")) {
      headers.putAll(ProxyTest.signed(alice.key(), "GET", path, ""));
      headers.remove("host");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.resolve("/forward-auth/shared"))
              .header("X-Forwarded-Method", "GET")
              .header("X-Forwarded-Uri", path)
              .header("X-Forwarded-Host", "orders.example.com");
      headers.forEach(request::header);

      assertThat(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(path.endsWith("secret") ? 403 : 200);
    }
  }

  @Test
  void a_token_for_anybody_else_too_is_for_nobody_here() throws Exception {
    assertThat(status("GET", "/orders/7", token("https://other.example.com"))).isEqualTo(403);
    assertThat(status("GET", "/orders/7", token(TestProxied.AUDIENCE, "https://other.example.com")))
        .isEqualTo(403);
  }

  @Test
  void a_service_that_names_no_audience_takes_no_tokens() throws Exception {
    HttpResponse<String> answer = asked("orders", "GET", "/orders/7", token(TestProxied.AUDIENCE));

    assertThat(answer.statusCode()).isNotEqualTo(200);
  }

  @Test
  void a_scope_takes_from_what_the_policy_gives() throws Exception {
    String one =
        exchanged(
            "execute-api:Invoke",
            "arn:aws:execute-api:eu-west-1:111122223333:shared/live/GET/orders/7");

    assertThat(status("GET", "/orders/7", one)).isEqualTo(200);
    assertThat(status("GET", "/orders/8", one)).isEqualTo(403);
    assertThat(asked("shared", "GET", "/orders/8", one).body()).contains("The scope of the token");
  }

  private String exchanged(String scope, String resource) {
    Key session = wire.sts(alice.key(), "GetSessionToken").credentials();
    String role = people.role(People.trusting(alice), "3600");
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            role.substring(role.indexOf('/') + 1),
            "PolicyName",
            "p",
            "PolicyDocument",
            People.document(
                "{\"Effect\": \"Allow\", \"Action\": [\"daypass:ExchangeToken\", \"execute-api:Invoke\"], \"Resource\": \"*\"}")));
    people.allow(
        alice, "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    Key assumed =
        People.ok(wire.sts(session, "AssumeRole", "RoleArn", role, "RoleSessionName", "session"))
            .credentials();
    String form =
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&audience=%s&scope=%s&resource=%s&subject_token_type=urn:daypass:params:oauth:token-type:session&subject_token=%s"
            .formatted(
                Wire.encode(TestProxied.AUDIENCE),
                Wire.encode(scope),
                Wire.encode(resource),
                Wire.encode(assumed.token().orElseThrow()));
    Wire.Reply reply = wire.send(wire.signed(assumed, "daypass", "/oauth/token", form));
    return new JsonObject(People.ok(reply).body()).getString("access_token");
  }

  @Test
  void a_token_ends() throws Exception {
    String token = token(TestProxied.AUDIENCE);
    assertThat(status("GET", "/orders/7", token)).isEqualTo(200);

    TestClock.forward(Duration.ofMinutes(6));

    assertThat(status("GET", "/orders/7", token)).isEqualTo(403);
    assertThat(asked("shared", "GET", "/orders/7", token).body()).contains("ExpiredToken");
  }

  @Test
  void nothing_that_the_issuer_did_not_sign_counts() throws Exception {
    SignedJWT real = SignedJWT.parse(token(TestProxied.AUDIENCE));
    JWTClaimsSet claims = real.getJWTClaimsSet();
    String kid = real.getHeader().getKeyID();
    ECKey own = new ECKeyGenerator(Curve.P_384).generate();
    SignedJWT byOther =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(kid)
                .jwk(own.toPublicJWK())
                .build(),
            claims);
    byOther.sign(new ECDSASigner(own));
    SignedJWT byMac =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(kid).build(),
            claims);
    byMac.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
    String[] parts = real.serialize().split("\\.");

    for (String forged :
        List.of(
            byOther.serialize(),
            byMac.serialize(),
            new PlainJWT(claims).serialize(),
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "x",
            "x".repeat(15_000))) {
      assertThat(status("GET", "/orders/7", forged)).as(forged).isEqualTo(403);
    }
  }

  /// Its own tokens are of other kinds, for other audiences.
  @Test
  void a_session_token_is_no_bearer_token() throws Exception {
    Key session = wire.sts(alice.key(), "GetSessionToken").credentials();

    assertThat(status("GET", "/orders/7", session.token().orElseThrow())).isEqualTo(403);
  }
}
