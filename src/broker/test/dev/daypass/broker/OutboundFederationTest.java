package dev.daypass.broker;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.daypass.broker.People.Person;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.outboundfederation.OutboundFederation;
import dev.daypass.broker.outboundfederation.PostgresOutboundFederation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.FeatureDisabledException;
import software.amazon.awssdk.services.iam.model.FeatureEnabledException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.OutboundWebIdentityFederationDisabledException;
import software.amazon.awssdk.services.sts.model.SessionDurationEscalationException;

/// Outbound federation, as AWS documents it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OutboundFederationTest {
  private static final String AUDIENCE = "https://api.example.com";
  private static final String NAMESPACE = "https://sts.amazonaws.com/";
  private static final String GET = "GetWebIdentityToken";
  private static final String AUD = "Audience.member.1";
  private static final String ALG = "SigningAlgorithm";
  private static final String SECONDS = "DurationSeconds";

  @TestHTTPResource URI server;
  @Inject PostgresOutboundFederation stored;
  private Wire wire;
  private People people;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    people = new People(wire);
    iam = Sdk.iam(wire.server());
    wire.iam(Key.ADMIN, "DisableOutboundWebIdentityFederation");
  }

  private String enable() {
    return iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
  }

  private OutboundFederation kept() {
    return onBroker(stored.find(TestServers.ACCOUNT)).orElseThrow();
  }

  private static <T> T onBroker(Uni<T> asked) {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> asked);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_account_gets_an_issuer_of_its_own_under_the_public_url() {
    String issuer = enable();

    var info = iam.getOutboundWebIdentityFederationInfo(r -> {});
    assertThat(issuer).matches("http://localhost:8080/federation/[0-9a-f]{8}(-[0-9a-f]{4}){3}-.*");
    assertThat(info.issuerIdentifier()).isEqualTo(issuer);
    assertThat(info.jwtVendingEnabled()).isTrue();
  }

  @Test
  void enabled_twice_and_disabled_twice_is_told() {
    enable();

    assertThatThrownBy(this::enable).isInstanceOf(FeatureEnabledException.class);
    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThatThrownBy(() -> iam.disableOutboundWebIdentityFederation(r -> {}))
        .isInstanceOf(FeatureDisabledException.class);
    assertThatThrownBy(() -> iam.getOutboundWebIdentityFederationInfo(r -> {}))
        .isInstanceOf(FeatureDisabledException.class);
    assertThat(wire.iam(Key.ADMIN, "GetOutboundWebIdentityFederationInfo").status()).isEqualTo(404);
  }

  @Test
  void the_issuer_stays_when_the_feature_comes_back() {
    String issuer = enable();

    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThat(enable()).isEqualTo(issuer);
  }

  @Test
  void what_is_in_memory_follows_every_change() {
    String issuer = enable();
    UUID id = UUID.fromString(issuer.substring(issuer.lastIndexOf('/') + 1));
    OutboundFederation enabled = kept();
    OutboundFederation found = onBroker(stored.ofIssuer(id)).orElseThrow();

    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThat(enabled).isEqualTo(new OutboundFederation(TestServers.ACCOUNT, issuer, true));
    assertThat(found).isEqualTo(enabled);
    assertThat(kept()).isEqualTo(new OutboundFederation(TestServers.ACCOUNT, issuer, false));
    assertThat(onBroker(stored.ofIssuer(id))).contains(kept());
    assertThat(onBroker(stored.ofIssuer(UUID.randomUUID()))).isEmpty();
    assertThat(onBroker(stored.find("444455556666"))).isEqualTo(Optional.empty());
  }

  @Test
  void of_many_that_enable_it_at_once_one_does() throws Exception {
    List<String> codes = new ArrayList<>();
    List<Callable<String>> calls =
        Collections.nCopies(
            8, () -> wire.iam(Key.ADMIN, "EnableOutboundWebIdentityFederation").code());
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(calls)) {
        codes.add(done.get());
      }
    }

    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(1);
    assertThat(Collections.frequency(codes, "FeatureEnabled")).isEqualTo(7);
  }

  private StsClient sts(Key key) {
    return Sdk.sts(wire.server(), key);
  }

  /// Somebody who may have tokens, with tags if `TagGetWebIdentityToken` is among the actions.
  private Person allowed(String... actions) {
    Person person = people.user();
    people.allow(person, statement(actions));
    return person;
  }

  private static String statement(String... actions) {
    return """
        {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}"""
        .formatted(String.join("\", \"", actions));
  }

  /// A session of a role that may have tokens.
  private Credentials session(String... actions) {
    Person person = people.user();
    String role = people.role(People.trusting(person));
    String name = role.substring(role.lastIndexOf('/') + 1);
    People.ok(
        wire.iam(
            Key.ADMIN,
            "PutRolePolicy",
            "RoleName",
            name,
            "PolicyName",
            "tokens",
            "PolicyDocument",
            People.document(statement(actions))));
    People.ok(
        wire.iam(
            Key.ADMIN,
            "TagRole",
            "RoleName",
            name,
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "data"));
    return sts(person.key())
        .assumeRole(r -> r.roleArn(role).roleSessionName(name).durationSeconds(900))
        .credentials();
  }

  private static Key key(Credentials session) {
    return new Key(
        session.accessKeyId(), session.secretAccessKey(), Optional.of(session.sessionToken()));
  }

  private String token(Key key, String algorithm) {
    return sts(key)
        .getWebIdentityToken(r -> r.audience(AUDIENCE).signingAlgorithm(algorithm))
        .webIdentityToken();
  }

  /// As a service outside does: it knows the issuer, and asks it for all else.
  private JWTClaimsSet verified(String issuer, String token) throws Exception {
    String path = URI.create(issuer).getPath();
    var metadata = given().get(path + "/.well-known/openid-configuration").then().statusCode(200);
    assertThat(metadata.extract().<String>path("issuer")).isEqualTo(issuer);
    String jwks = URI.create(metadata.extract().<String>path("jwks_uri")).getPath();
    JWKSet keys = JWKSet.parse(given().get(jwks).then().statusCode(200).extract().asString());
    List<String> algorithms = metadata.extract().path("id_token_signing_alg_values_supported");
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            algorithms.stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
            new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<SecurityContext>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(issuer).build(),
            Set.of("sub", "iat", "exp", "jti", NAMESPACE)));
    return processor.process(token, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES384"})
  void a_service_outside_verifies_who_calls_by_discovery(String algorithm) throws Exception {
    String issuer = enable();
    Person person = allowed("sts:GetWebIdentityToken");

    String token = token(person.key(), algorithm);

    JWTClaimsSet claims = verified(issuer, token);
    assertThat(JWSObject.parse(token).getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(claims.getSubject()).isEqualTo(person.arn());
    assertThat(claims.getAudience()).containsExactly(AUDIENCE);
    assertThat(Duration.between(instant(claims.getIssueTime()), expiry(claims)))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(claims.getJSONObjectClaim(NAMESPACE))
        .containsEntry("aws_account", TestServers.ACCOUNT)
        .containsEntry("principal_id", person.arn())
        .containsEntry("source_region", "aws-global")
        .doesNotContainKeys("principal_tags", "request_tags", "original_session_exp");
  }

  private static Instant instant(Date date) {
    return date.toInstant();
  }

  private static Instant expiry(JWTClaimsSet claims) {
    return instant(claims.getExpirationTime());
  }

  @Test
  void a_session_is_its_role_and_tells_its_tags_and_its_end() throws Exception {
    String issuer = enable();
    Credentials session = session("sts:GetWebIdentityToken", "sts:TagGetWebIdentityToken");

    var answer =
        sts(key(session))
            .getWebIdentityToken(
                r ->
                    r.audience(AUDIENCE, "other")
                        .signingAlgorithm("ES384")
                        .durationSeconds(60)
                        .tags(t -> t.key("job").value("42")));

    JWTClaimsSet claims = verified(issuer, answer.webIdentityToken());
    assertThat(claims.getSubject()).startsWith("arn:aws:iam::" + TestServers.ACCOUNT + ":role/");
    assertThat(claims.getAudience()).containsExactly(AUDIENCE, "other");
    assertThat(expiry(claims)).isEqualTo(answer.expiration());
    assertThat(claims.getJSONObjectClaim(NAMESPACE))
        .containsEntry("principal_tags", Map.of("team", "data"))
        .containsEntry("request_tags", Map.of("job", "42"))
        .containsEntry("original_session_exp", session.expiration().toString());
  }

  @Test
  void a_token_does_not_outlive_the_session_that_asks() {
    enable();
    Key session = key(session("sts:GetWebIdentityToken"));

    assertThatThrownBy(
            () ->
                sts(session)
                    .getWebIdentityToken(
                        r -> r.audience("a").signingAlgorithm("RS256").durationSeconds(901)))
        .isInstanceOf(SessionDurationEscalationException.class);
  }

  @Test
  void where_the_account_has_disabled_it_there_is_no_token_and_those_from_before_stay_good()
      throws Exception {
    String issuer = enable();
    Person person = allowed("sts:GetWebIdentityToken");
    String before = token(person.key(), "ES384");

    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThatThrownBy(() -> token(person.key(), "ES384"))
        .isInstanceOf(OutboundWebIdentityFederationDisabledException.class);
    assertThat(verified(issuer, before).getSubject()).isEqualTo(person.arn());
  }

  @Test
  void policies_say_for_whom_how_and_how_long() {
    enable();
    Person person = people.user();
    people.allow(
        person,
        """
        {"Effect": "Allow", "Action": "sts:GetWebIdentityToken", "Resource": "*", "Condition": {
          "ForAllValues:StringEquals": {"sts:IdentityTokenAudience": "https://api.example.com"},
          "StringEquals": {"sts:SigningAlgorithm": "ES384"},
          "NumericLessThanEquals": {"sts:DurationSeconds": "300"}}}
        """);

    assertThat(wire.sts(person.key(), GET, AUD, AUDIENCE, ALG, "ES384").code()).isEqualTo("OK");
    assertThat(
            List.of(
                wire.sts(person.key(), GET, AUD, "elsewhere", ALG, "ES384").code(),
                wire.sts(person.key(), GET, AUD, AUDIENCE, ALG, "RS256").code(),
                wire.sts(person.key(), GET, AUD, AUDIENCE, ALG, "ES384", SECONDS, "301").code(),
                wire.sts(
                        person.key(),
                        GET,
                        AUD,
                        AUDIENCE,
                        ALG,
                        "ES384",
                        "Tags.member.1.Key",
                        "k",
                        "Tags.member.1.Value",
                        "v")
                    .code()))
        .containsOnly("AccessDenied");
  }

  @Test
  void what_is_not_as_it_should_be_is_refused() {
    enable();
    Person person = allowed("sts:*");
    Key key = person.key();
    List<String> many = new ArrayList<>(List.of(ALG, "ES384"));
    for (int i = 1; i <= 50; i++) {
      many.addAll(
          List.of(
              "Tags.member." + i + ".Key",
              "k" + i,
              "Tags.member." + i + ".Value",
              "v".repeat(256)));
    }
    many.addAll(List.of(AUD, AUDIENCE));

    assertThat(wire.sts(key, GET, ALG, "ES384").code()).isEqualTo("ValidationError");
    assertThat(wire.sts(key, GET, AUD, "a", ALG, "HS256").code()).isEqualTo("ValidationError");
    assertThat(wire.sts(key, GET, AUD, "a", ALG, "none").code()).isEqualTo("ValidationError");
    assertThat(wire.sts(key, GET, AUD, "a", ALG, "ES384", SECONDS, "59").code())
        .isEqualTo("ValidationError");
    assertThat(wire.sts(key, GET, AUD, "a", ALG, "ES384", SECONDS, "3601").code())
        .isEqualTo("ValidationError");
    assertThat(wire.sts(key, GET, many.toArray(String[]::new)).code())
        .isEqualTo("JWTPayloadSizeExceededException");
  }

  @Test
  void a_token_for_outside_opens_nothing_here() {
    String issuer = enable();
    Person person = allowed("sts:GetWebIdentityToken");
    String token = token(person.key(), "RS256");
    String role = people.role(People.trusting(person));

    given().auth().oauth2(token).get("/api/identity").then().statusCode(401);
    assertThatThrownBy(
            () ->
                sts(Key.ADMIN)
                    .assumeRoleWithWebIdentity(
                        r -> r.roleArn(role).roleSessionName("s1").webIdentityToken(token)))
        .isInstanceOf(InvalidIdentityTokenException.class)
        .hasMessageContaining("for services outside");
    assertThat(issuer).isNotEmpty();
  }

  @Test
  void what_is_no_issuer_has_no_metadata() {
    for (String id : List.of(UUID.randomUUID().toString(), "x", "A".repeat(500))) {
      given()
          .urlEncodingEnabled(false)
          .get("/federation/" + id + "/.well-known/openid-configuration")
          .then()
          .statusCode(404);
      given().get("/federation/" + id + "/.well-known/jwks.json").then().statusCode(404);
    }
  }

  @Test
  void the_keys_of_tokens_for_outside_sign_nothing_else() throws Exception {
    String path = URI.create(enable()).getPath();

    JWKSet keys =
        JWKSet.parse(given().get(path + "/.well-known/jwks.json").then().extract().asString());

    assertThat(keys.getKeys())
        .extracting(key -> key.getAlgorithm().getName())
        .containsOnly("ES384", "RS256")
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(keys.getKeys()).noneMatch(JWK::isPrivate);
  }

  @Test
  void the_key_that_signs_with_es384_is_the_first_after_every_rotation() throws Exception {
    String issuer = enable();
    Person person = allowed("sts:GetWebIdentityToken");
    String former = token(person.key(), "ES384");

    TestClock.forward(Duration.ofSeconds(3));
    People.ok(
        wire.daypass(Key.ADMIN, "RotateKey", "Purpose", "WebIdentityTokenES384", "Force", "true"));

    String token = token(person.key(), "ES384");
    JWK first = keys(issuer).getFirst();
    assertThat(first.getKeyID()).isEqualTo(kid(token)).isNotEqualTo(kid(former));
    assertThat(verifiedByCertificate(first, token)).isTrue();
    assertThat(verified(issuer, former).getSubject()).isEqualTo(person.arn());
    assertThat(keys(issuer).get(1).getKeyID()).isEqualTo(kid(token(person.key(), "RS256")));
    assertThat(keys(issuer)).allMatch(key -> key.getParsedX509CertChain().size() == 1);
  }

  private static List<JWK> keys(String issuer) throws Exception {
    String path = URI.create(issuer).getPath() + "/.well-known/jwks.json";
    return JWKSet.parse(given().get(path).then().statusCode(200).extract().asString()).getKeys();
  }

  private static String kid(String token) throws Exception {
    return JWSObject.parse(token).getHeader().getKeyID();
  }

  /// As a service does that takes the key from the certificate, as radosgw.
  private static boolean verifiedByCertificate(JWK key, String token) throws Exception {
    PublicKey certified = key.getParsedX509CertChain().getFirst().getPublicKey();
    return JWSObject.parse(token).verify(new ECDSAVerifier((ECPublicKey) certified));
  }
}
