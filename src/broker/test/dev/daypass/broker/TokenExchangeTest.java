package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tokens are traded for tokens, as RFC 8693 has it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenExchangeTest {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  private static final String SESSION = "urn:daypass:params:oauth:token-type:session";
  private static final String POD = "system:serviceaccount:shop:cart";

  @TestHTTPResource URI server;
  @Inject Pool database;
  private IssuerServer issuers;
  private Wire wire;
  private People people;
  private String issuer;
  private String role;

  @BeforeAll
  void serve() {
    issuers = new IssuerServer();
  }

  @AfterAll
  void stop() {
    issuers.close();
  }

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    wire.iam(Key.ADMIN, "EnableOutboundWebIdentityFederation");
    issuer =
        People.ok(wire.iam(Key.ADMIN, "GetOutboundWebIdentityFederationInfo"))
            .text("IssuerIdentifier");
    String k8s = issuers.issuer("k8s");
    role =
        new Federated(wire)
            .role(
                k8s,
                "\"StringEquals\": {\"%s:sub\": \"%s\"}"
                    .formatted(k8s.substring("https://".length()), POD));
    allow(
        role,
        """
        {"Effect": "Allow", "Action": "daypass:ExchangeToken", "Resource": "*",
         "Condition": {"StringEquals": {"sts:IdentityTokenAudience": "https://orders.example.com"}}},
        {"Effect": "Allow", "Action": "orders:Get*",
         "Resource": "arn:aws:orders:eu-west-1:111122223333:order/*"}
        """);
  }

  private void allow(String roleArn, String statements) {
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            roleArn.substring(roleArn.lastIndexOf('/') + 1),
            "PolicyName",
            "tokens",
            "PolicyDocument",
            People.document(statements)));
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("grant_type", GRANT);
    asked.put("audience", "https://orders.example.com");
    asked.put("subject_token", IssuerServer.sign(issuers.claims("k8s", POD)));
    asked.put("subject_token_type", JWT);
    asked.put("role_arn", role);
    return asked;
  }

  private Map<String, String> asked(String name, String value) {
    Map<String, String> asked = asked();
    asked.put(name, value);
    return asked;
  }

  private static String form(Map<String, String> parameters) {
    StringBuilder form = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(Wire.encode(value)));
    return form.toString();
  }

  private Reply send(Map<String, String> parameters) {
    return send(form(parameters));
  }

  private Reply send(String form) {
    return wire.send(
        HttpRequest.newBuilder(server.resolve("/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
  }

  private static String error(Reply reply) {
    return reply.status() + " " + new JsonObject(reply.body()).getString("error", "none");
  }

  private JWTClaimsSet claims(Reply reply) throws Exception {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    JWSObject token = JWSObject.parse(new JsonObject(reply.body()).getString("access_token"));
    JWKSet keys =
        JWKSet.parse(
            given().get(URI.create(issuer).getPath() + "/.well-known/jwks.json").asString());
    assertThat(
            token.verify(
                new ECDSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
        .isTrue();
    return JWTClaimsSet.parse(token.getPayload().toJSONObject());
  }

  @Test
  void a_pods_token_becomes_one_for_a_service_by_way_of_a_role() throws Exception {
    Reply reply = send(asked());

    JWTClaimsSet claims = claims(reply);
    JsonObject answer = new JsonObject(reply.body());
    assertThat(answer.getString("issued_token_type")).isEqualTo(JWT);
    assertThat(answer.getString("token_type")).isEqualTo("Bearer");
    assertThat(answer.getInteger("expires_in")).isBetween(298, 300);
    assertThat(reply.raw().headers().firstValue("cache-control")).contains("no-store");
    assertThat(claims.getIssuer()).isEqualTo(issuer);
    assertThat(claims.getSubject()).isEqualTo(role);
    assertThat(claims.getAudience()).containsExactly("https://orders.example.com");
    assertThat(claims.getJSONObjectClaim("https://sts.amazonaws.com/"))
        .containsEntry(
            "federated_provider",
            "arn:aws:iam::111122223333:oidc-provider/"
                + issuers.issuer("k8s").substring("https://".length()));
  }

  @Test
  void of_a_scope_is_granted_what_the_policies_allow() throws Exception {
    Map<String, String> asked = asked("scope", "orders:GetOrder orders:DeleteOrder");
    asked.put("resource", "arn:aws:orders:eu-west-1:111122223333:order/7");

    Reply reply = send(asked);

    assertThat(claims(reply).getStringClaim("scope")).isEqualTo("orders:GetOrder");
    assertThat(claims(reply).getStringClaim("resource"))
        .as("the scope is for this alone")
        .isEqualTo("arn:aws:orders:eu-west-1:111122223333:order/7");
    assertThat(new JsonObject(reply.body()).getString("scope")).isEqualTo("orders:GetOrder");
    asked.put("resource", "arn:aws:orders:eu-west-1:444455556666:order/7");
    assertThat(error(send(asked))).isEqualTo("400 invalid_scope");
    asked.remove("resource");
    assertThat(error(send(asked))).isEqualTo("400 invalid_scope");
  }

  private Reply signed(Key key, Key shown, String audience) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("grant_type", GRANT);
    asked.put("audience", audience);
    asked.put("subject_token", shown.token().orElse("none"));
    asked.put("subject_token_type", SESSION);
    return wire.send(wire.signed(key, "daypass", "/oauth/token", form(asked)));
  }

  private Key session(Person person, String roleArn) {
    return People.ok(
            wire.sts(person.key(), "AssumeRole", "RoleArn", roleArn, "RoleSessionName", "session"))
        .credentials();
  }

  @Test
  void a_session_that_signs_becomes_a_token_and_a_session_token_alone_does_not() throws Exception {
    Person person = people.user();
    String own = people.role(People.trusting(person));
    allow(
        own, "{\"Effect\": \"Allow\", \"Action\": \"daypass:ExchangeToken\", \"Resource\": \"*\"}");
    Key session = session(person, own);
    Key other = session(person, own);
    Key forged = new Key(session.id(), "0".repeat(40), session.token());

    assertThat(claims(signed(session, session, "orders")).getSubject()).isEqualTo(own);
    assertThat(error(signed(other, session, "orders"))).isEqualTo("400 invalid_grant");
    assertThat(error(signed(forged, session, "orders"))).isEqualTo("401 invalid_client");
    assertThat(error(signed(person.key(), session, "orders"))).isEqualTo("400 invalid_grant");
    Map<String, String> bearer = asked("subject_token", session.token().orElseThrow());
    assertThat(error(send(bearer))).isEqualTo("400 invalid_grant");
    bearer.put("subject_token_type", SESSION);
    assertThat(error(send(bearer))).isEqualTo("401 invalid_client");

    People.ok(wire.daypass(Key.ADMIN, "RevokeSession", "SessionId", session.id()));
    assertThat(error(signed(session, session, "orders"))).isEqualTo("401 invalid_client");
  }

  @Test
  void who_may_not_has_no_token_for_this_or_that_service() {
    assertThat(error(send(asked("audience", "https://other.example.com"))))
        .isEqualTo("400 invalid_target");
    Person person = people.user();
    String own = people.role(People.trusting(person));
    Key session = session(person, own);
    assertThat(error(signed(session, session, "orders"))).isEqualTo("400 invalid_target");
    assertThat(error(send(asked("role_arn", own)))).isEqualTo("400 invalid_grant");
    assertThat(error(send(asked("role_arn", "arn:aws:iam::111122223333:role/absent"))))
        .isEqualTo("400 invalid_grant");
  }

  @Test
  void a_token_that_does_not_count_elsewhere_does_not_count_here() {
    var claims = issuers.claims("k8s", POD);
    String good = IssuerServer.sign(issuers.claims("k8s", POD));

    assertThat(error(send(asked("subject_token", "x.y.z")))).isEqualTo("400 invalid_grant");
    assertThat(error(send(asked("subject_token", good.substring(0, good.length() - 8)))))
        .isEqualTo("400 invalid_grant");
    assertThat(
            error(
                send(asked("subject_token", IssuerServer.sign(claims.audience("somebody-else"))))))
        .isEqualTo("400 invalid_grant");
    assertThat(
            error(
                send(asked("subject_token", IssuerServer.sign(issuers.claims("k8s", "another"))))))
        .isEqualTo("400 invalid_grant");
  }

  @Test
  void what_it_issues_cannot_be_traded_again_nor_open_anything_here() {
    String issued = new JsonObject(send(asked()).body()).getString("access_token");

    assertThat(error(send(asked("subject_token", issued)))).isEqualTo("400 invalid_grant");
    given().auth().oauth2(issued).get("/api/identity").then().statusCode(401);
  }

  @Test
  void requests_that_cannot_mean_what_their_sender_thinks_are_refused() {
    assertThat(error(send(asked("grant_type", "client_credentials"))))
        .isEqualTo("400 unsupported_grant_type");
    assertThat(error(send(asked("actor_token", "x")))).isEqualTo("400 invalid_request");
    assertThat(error(send(asked("requested_token_type", "urn:ietf:params:oauth:token-type:saml2"))))
        .isEqualTo("400 invalid_request");
    assertThat(error(send(asked("subject_token_type", "urn:x")))).isEqualTo("400 invalid_request");
    assertThat(error(send(asked("scope", "orders:*")))).isEqualTo("400 invalid_request");
    assertThat(error(send(asked("resource", "https://x")))).isEqualTo("400 invalid_request");
    assertThat(error(send(asked("resource", "arn:aws:orders:eu-west-1:111122223333:order/*"))))
        .isEqualTo("400 invalid_request");
    assertThat(error(send(asked("audience", "")))).isEqualTo("400 invalid_request");
    assertThat(error(send(form(asked()) + "&audience=again"))).isEqualTo("400 invalid_request");
    assertThat(error(send(""))).isEqualTo("400 unsupported_grant_type");
    assertThat(error(send("x".repeat(70_000)))).isEqualTo("400 invalid_request");
    given().contentType("application/json").body("{}").post("/oauth/token").then().statusCode(400);
    given().get("/oauth/token").then().statusCode(404);
  }

  @Test
  void where_federation_is_disabled_there_is_none() {
    People.ok(wire.iam(Key.ADMIN, "DisableOutboundWebIdentityFederation"));

    assertThat(error(send(asked()))).isEqualTo("400 invalid_target");
  }

  @Test
  void the_trail_keeps_who_traded_what_and_who_could_not() {
    long traded = count("ExchangeToken", "is null");
    long refused = count("AssumeRoleWithWebIdentity", "= 'InvalidIdentityToken'");

    send(asked());
    send(asked("subject_token", "x.y.z"));

    assertThat(count("ExchangeToken", "is null")).isEqualTo(traded + 1);
    assertThat(count("AssumeRoleWithWebIdentity", "= 'InvalidIdentityToken'"))
        .isEqualTo(refused + 1);
  }

  private long count(String event, String error) {
    return database
        .query(
            "select count(*) from audit_event where event_name = '%s' and error_code %s"
                .formatted(event, error))
        .execute()
        .await()
        .indefinitely()
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void metadata_says_what_there_is() {
    JsonObject metadata =
        new JsonObject(given().get("/.well-known/oauth-authorization-server").asString());

    assertThat(metadata.getString("issuer")).isEqualTo("http://localhost:8080");
    assertThat(metadata.getString("token_endpoint")).isEqualTo("http://localhost:8080/oauth/token");
    assertThat(metadata.getJsonArray("grant_types_supported")).containsExactly(GRANT);
  }
}
