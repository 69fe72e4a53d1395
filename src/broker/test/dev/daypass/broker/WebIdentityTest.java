package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// Workloads trade the tokens of their platforms for sessions.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebIdentityTest {
  private static final String GITHUB = "repo:acme/app:ref:refs/heads/main";
  private static final String POD = "system:serviceaccount:shop:cart";

  @TestHTTPResource URI server;
  @Inject Pool database;
  private IssuerServer issuers;
  private Wire wire;
  private Federated federated;

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
    federated = new Federated(wire);
  }

  private String equal(String issuer, String claim, String value) {
    return "\"StringEquals\": {\"%s:%s\": \"%s\"}".formatted(key(issuer), claim, value);
  }

  private String key(String issuer) {
    return issuers.issuer(issuer).substring("https://".length());
  }

  @Test
  void a_kubernetes_pod_becomes_a_session_and_says_who_it_was() {
    String role =
        federated.role(
            issuers.issuer("k8s"),
            """
            "StringEquals": {"%1$s:sub": "%2$s", "%1$s:aud": "sts.amazonaws.com",
              "%1$s:kubernetes.io/namespace": "shop", "%1$s:kubernetes.io/serviceaccount/name": "cart"}
            """
                .formatted(key("k8s"), POD));
    String token =
        IssuerServer.sign(
            issuers
                .claims("k8s", POD)
                .claim(
                    "kubernetes.io",
                    Map.of("namespace", "shop", "serviceaccount", Map.of("name", "cart"))));

    Reply reply = People.ok(federated.assume(role, token + "\n", "DurationSeconds", "900"));

    assertThat(reply.text("SubjectFromWebIdentityToken")).isEqualTo(POD);
    assertThat(reply.text("Audience")).isEqualTo("sts.amazonaws.com");
    assertThat(reply.text("Provider")).isEqualTo(federated.provider(issuers.issuer("k8s")));
    assertThat(reply.text("AssumedRoleId")).startsWith("AROA").endsWith(":job");
    assertThat(reply.body()).doesNotContain("PackedPolicySize", "SourceIdentity");
    assertThat(People.ok(wire.sts(reply.credentials(), "GetCallerIdentity")).text("Arn"))
        .isEqualTo(reply.text("Arn"))
        .endsWith("/job");
    String record = Trail.of(database, reply);
    assertThat(record)
        .contains("\"type\": \"WebIdentityUser\"", "\"userName\": \"" + POD + "\"")
        .contains("\"identityProvider\": \"" + reply.text("Provider") + "\"")
        .contains(
            "\"principalId\": \"%s:sts.amazonaws.com:%s\"".formatted(reply.text("Provider"), POD))
        .doesNotContain(token, "eyJ", reply.text("SecretAccessKey"));
  }

  @Test
  void a_github_workflow_is_trusted_by_its_repository_and_branch() {
    String issuer = issuers.issuer("github");
    String role =
        federated.role(
            issuer,
            """
            "StringLike": {"%1$s:sub": "repo:acme/*:ref:refs/heads/main"},
            "StringEquals": {"%1$s:repository": "acme/app"}, "NumericEquals": {"%1$s:run_attempt": "1"}
            """
                .formatted(key("github")));

    Reply main =
        federated.assume(
            role,
            IssuerServer.sign(
                issuers
                    .claims("github", GITHUB)
                    .claim("repository", "acme/app")
                    .claim("run_attempt", 1)));
    Reply fork =
        federated.assume(
            role,
            IssuerServer.sign(
                issuers
                    .claims("github", GITHUB)
                    .claim("repository", "evil/app")
                    .claim("run_attempt", 1)));
    Reply branch =
        federated.assume(
            role,
            IssuerServer.sign(
                issuers
                    .claims("github", "repo:acme/app:ref:refs/heads/x")
                    .claim("repository", "acme/app")
                    .claim("run_attempt", 1)));

    assertThat(main.code()).isEqualTo("OK");
    for (Reply refused : List.of(fork, branch)) {
      assertThat(refused.code()).isEqualTo("AccessDenied");
      assertThat(refused.message())
          .isEqualTo("Not authorized to perform sts:AssumeRoleWithWebIdentity");
      assertThat(Trail.of(database, refused)).contains("WebIdentityUser", "AccessDenied");
    }
  }

  @Test
  void a_spiffe_workload_with_each_kind_of_key() throws Exception {
    ECKey p256 = new ECKeyGenerator(Curve.P_256).keyID("a").generate();
    ECKey p384 = new ECKeyGenerator(Curve.P_384).keyID("b").generate();
    ECKey p521 = new ECKeyGenerator(Curve.P_521).keyID("c").generate();
    OctetKeyPair ed = new OctetKeyPairGenerator(Curve.Ed25519).keyID("d").generate();
    ECKey svid = new ECKey.Builder(p256).keyUse(new KeyUse("jwt-svid")).build();
    issuers.keys.put("spiffe", List.of(svid, p384, p521, ed, IssuerServer.KEY));
    String subject = "spiffe://acme.example/shop/cart";
    String role = federated.role(issuers.issuer("spiffe"), equal("spiffe", "sub", subject));
    var claims = issuers.claims("spiffe", subject).issueTime(null);
    JWSHeader jose =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new com.nimbusds.jose.JOSEObjectType("JOSE"))
            .keyID("a")
            .build();

    assertThat(federated.assume(role, IssuerServer.sign(claims, jose, p256)).code())
        .isEqualTo("OK");
    for (var each :
        List.of(
            Map.entry(JWSAlgorithm.ES384, p384),
            Map.entry(JWSAlgorithm.ES512, p521),
            Map.entry(JWSAlgorithm.EdDSA, ed),
            Map.entry(JWSAlgorithm.PS256, IssuerServer.KEY),
            Map.entry(JWSAlgorithm.RS512, IssuerServer.KEY))) {
      assertThat(
              federated
                  .assume(role, IssuerServer.sign(claims, each.getKey(), each.getValue()))
                  .code())
          .as(each.getKey().getName())
          .isEqualTo("OK");
    }
  }

  @Test
  void the_sdk_reads_the_token_from_its_file() throws Exception {
    String role = federated.role(issuers.issuer("k8s"), equal("k8s", "sub", POD));
    var file = Files.createTempFile("token", ".jwt");
    Files.writeString(file, IssuerServer.sign(issuers.claims("k8s", POD)) + "\n");

    try (StsClient anonymous = sts(AnonymousCredentialsProvider.create());
        var credentials =
            StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(anonymous)
                .roleArn(role)
                .roleSessionName("sdk-session")
                .webIdentityTokenFile(file)
                .build();
        StsClient session = sts(credentials)) {
      assertThat(session.getCallerIdentity().arn()).endsWith("/sdk-session");
    }
  }

  private StsClient sts(
      software.amazon.awssdk.auth.credentials.AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(wire.server())
        .region(Region.EU_WEST_1)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(credentials)
        .build();
  }

  @Test
  void tags_and_source_identity_of_the_token_need_leave_and_stay_with_the_session() {
    String plain = federated.role(issuers.issuer("github"), "");
    String conditions =
        "\"StringEquals\": {\"aws:RequestTag/team\": \"shop\", \"sts:SourceIdentity\": \"alice\"}";
    String actions =
        "\"sts:AssumeRoleWithWebIdentity\", \"sts:TagSession\", \"sts:SetSourceIdentity\"";
    String tagged = federated.role(issuers.issuer("github"), conditions, actions);
    String token =
        IssuerServer.sign(
            issuers
                .claims("github", GITHUB)
                .claim(
                    "https://aws.amazon.com/tags",
                    Map.of(
                        "principal_tags",
                        Map.of("team", List.of("shop")),
                        "transitive_tag_keys",
                        List.of("team")))
                .claim("https://aws.amazon.com/source_identity", "alice"));

    Reply reply = People.ok(federated.assume(tagged, token));

    assertThat(federated.assume(plain, token).message())
        .isEqualTo("Not authorized to perform sts:TagSession");
    assertThat(reply.text("SourceIdentity")).isEqualTo("alice");
    assertThat(Integer.parseInt(reply.text("PackedPolicySize"))).isPositive();
    String next =
        new People(wire)
            .role(
                """
                {"Effect": "Allow", "Principal": {"AWS": "%s"},
                 "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
                 "Condition": {"StringEquals": {"aws:PrincipalTag/team": "shop", "aws:SourceIdentity": "alice",
                   "%s:sub": "%s", "aws:FederatedProvider": "%s"}}}
                """
                    .formatted(
                        tagged,
                        key("github"),
                        GITHUB,
                        federated.provider(issuers.issuer("github"))));
    assertThat(
            wire.sts(reply.credentials(), "AssumeRole", "RoleArn", next, "RoleSessionName", "next")
                .code())
        .isEqualTo("OK");
  }

  @Test
  void what_the_tags_claim_should_not_be() {
    String role = federated.role(issuers.issuer("github"), "", "\"sts:*\"");
    String tags = "https://aws.amazon.com/tags";

    for (Object wrong :
        List.of(
            Map.of("principal_tags", Map.of("team", List.of("a", "b"))),
            Map.of("principal_tags", Map.of("a".repeat(129), List.of("a"))),
            Map.of("principal_tags", Map.of("team", Map.of("a", "b"))))) {
      assertThat(
              federated
                  .assume(
                      role, IssuerServer.sign(issuers.claims("github", GITHUB).claim(tags, wrong)))
                  .code())
          .isEqualTo("IDPRejectedClaim");
    }
    assertThat(
            federated
                .assume(
                    role,
                    IssuerServer.sign(
                        issuers
                            .claims("github", GITHUB)
                            .claim(tags, Map.of("transitive_tag_keys", List.of("team")))))
                .code())
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void a_session_policy_narrows_and_the_role_limits_the_time() {
    String role = federated.role(issuers.issuer("k8s"), "");
    String token = IssuerServer.sign(issuers.claims("k8s", POD));
    String policy =
        People.document(
            "{\"Effect\": \"Allow\", \"Action\": \"iam:ListUsers\", \"Resource\": \"*\"}");

    Key narrowed = People.ok(federated.assume(role, token, "Policy", policy)).credentials();

    assertThat(wire.iam(narrowed, "ListUsers").code()).isEqualTo("OK");
    assertThat(wire.iam(narrowed, "ListRoles").code()).isEqualTo("AccessDenied");
    assertThat(federated.assume(role, token, "DurationSeconds", "7200").message())
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    assertThat(
            federated
                .assume(
                    role, token, "PolicyArns.member.1.arn", "arn:aws:iam::999999999999:policy/x")
                .message())
        .isEqualTo("arn:aws:iam::999999999999:policy/x is invalid");
  }

  @Test
  void keys_from_a_file_need_no_network() throws Exception {
    RSAKey key = IssuerServer.rsa("offline");
    Files.writeString(IssuerServer.folder().resolve("jwks.json"), new JWKSet(key).toString());
    String issuer = "https://offline.example.com";
    String role = federated.role(issuer, "");

    assertThat(
            federated
                .assume(
                    role,
                    IssuerServer.sign(
                        issuers.claims("k8s", "offline-1").issuer(issuer), JWSAlgorithm.RS256, key))
                .code())
        .isEqualTo("OK");
  }

  @Test
  void new_keys_are_found_and_known_ones_outlive_an_outage() {
    String role = federated.role(issuers.issuer("rotating"), "");
    RSAKey next = IssuerServer.rsa("key-2");
    String old = IssuerServer.sign(issuers.claims("rotating", POD));

    People.ok(federated.assume(role, old));
    issuers.keys.put("rotating", List.of(next));
    TestClock.forward(Duration.ofMinutes(1));
    assertThat(
            federated
                .assume(
                    role,
                    IssuerServer.sign(issuers.claims("rotating", POD), JWSAlgorithm.RS256, next))
                .code())
        .isEqualTo("OK");
    assertThat(federated.assume(role, old).code()).isEqualTo("InvalidIdentityToken");

    issuers.handlers.put("rotating", exchange -> exchange.sendResponseHeaders(503, -1));
    TestClock.forward(Duration.ofHours(2));
    String later = IssuerServer.sign(issuers.claims("rotating", POD), JWSAlgorithm.RS256, next);
    assertThat(federated.assume(role, later).code()).isEqualTo("OK");
    TestClock.forward(Duration.ofHours(24));
    String tooLate = IssuerServer.sign(issuers.claims("rotating", POD), JWSAlgorithm.RS256, next);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(federated.assume(role, tooLate).code())
                    .isEqualTo("IDPCommunicationError"));
  }

  @Test
  void a_deleted_provider_takes_no_more_tokens_and_its_sessions_go_on() {
    String issuer = issuers.issuer("trust");
    String role = federated.role(issuer, "");
    String token = IssuerServer.sign(issuers.claims("trust", POD));
    Key session = People.ok(federated.assume(role, token)).credentials();

    People.ok(
        wire.iam(
            Key.ADMIN,
            "DeleteOpenIDConnectProvider",
            "OpenIDConnectProviderArn",
            federated.provider(issuer)));

    assertThat(federated.assume(role, token).message())
        .isEqualTo("No OpenIDConnect provider found in your account for " + issuer);
    assertThat(wire.sts(session, "GetCallerIdentity").code()).isEqualTo("OK");
  }
}
