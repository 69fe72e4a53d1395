package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.broker.Wire.Reply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody without any credentials can try with tokens, and with an issuer of their own.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(TestIssuers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebIdentityAttacksTest {
  private static final String SUBJECT = "system:serviceaccount:shop:cart";

  @TestHTTPResource URI server;
  private IssuerServer issuers;
  private Federated federated;
  private String role;

  @BeforeAll
  void serve() {
    issuers = new IssuerServer();
  }

  @AfterAll
  void stop() {
    issuers.close();
    TestNames.ADDRESSES.clear();
  }

  @BeforeEach
  void begin() {
    // Also forgets what was refused so far.
    TestClock.forward(Duration.ofMinutes(1));
    federated = new Federated(new Wire(server.getPort()));
    role = federated.role(issuers.issuer("attacked"), "");
    People.ok(federated.assume(role, good()));
  }

  private JWTClaimsSet.Builder claims() {
    return issuers.claims("attacked", SUBJECT);
  }

  private String good() {
    return IssuerServer.sign(claims());
  }

  private void assertInvalid(String token) {
    assertThat(federated.assume(role, token).code()).as(token).isEqualTo("InvalidIdentityToken");
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void signatures_that_prove_nothing() throws Exception {
    String[] parts = good().split("\\.");
    byte[] publicKey = IssuerServer.KEY.toRSAPublicKey().getEncoded();
    String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(publicKey);
    String richer =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("shop", "root");

    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      assertInvalid(
          encode("{\"alg\":\"%s\",\"typ\":\"JWT\"}".formatted(none)) + "." + parts[1] + ".");
    }
    for (byte[] secret : List.of(publicKey, pem.getBytes(StandardCharsets.UTF_8))) {
      SignedJWT hmac =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(), claims().build());
      hmac.sign(new MACSigner(secret));
      assertInvalid(hmac.serialize());
    }
    assertInvalid(parts[0] + "." + encode(richer) + "." + parts[2]);
    assertInvalid(parts[0] + "." + parts[1] + ".");
    assertInvalid(parts[0] + "." + parts[1]);
    assertInvalid(parts[0] + "." + parts[1] + "." + parts[2].substring(4));
    assertInvalid(good() + "..");
    assertInvalid("{\"payload\":\"%s\",\"signature\":\"%s\"}".formatted(parts[1], parts[2]));
  }

  @Test
  void keys_that_the_token_brings_or_steers_to() {
    RSAKey own = IssuerServer.rsa("own");
    URI evil = URI.create("https://attacked.evil.test/keys");

    assertInvalid(IssuerServer.sign(claims(), JWSAlgorithm.RS256, own));
    for (JWSHeader header :
        List.of(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").jwkURL(evil).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").x509CertURL(evil).build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").build(),
            new JWSHeader.Builder(JWSAlgorithm.RS256).build())) {
      assertInvalid(IssuerServer.sign(claims(), header, own));
    }
    for (String id :
        List.of(
            "../../etc/passwd",
            "' or 1=1 --",
            "https://evil.test/k",
            "x".repeat(300),
            "KEY-1",
            "")) {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build();
      assertInvalid(IssuerServer.sign(claims(), header, IssuerServer.KEY));
    }
  }

  @Test
  void headers_that_ask_for_more_than_is_understood() throws Exception {
    for (String type : List.of("at+jwt", "logout+jwt", "daypass-session+jwt", "secevent+jwt")) {
      assertInvalid(
          IssuerServer.sign(
              claims(),
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .type(new JOSEObjectType(type))
                  .keyID("key-1")
                  .build(),
              IssuerServer.KEY));
    }
    assertInvalid(
        IssuerServer.sign(
            claims(),
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("key-1")
                .criticalParams(Set.of("exp"))
                .build(),
            IssuerServer.KEY));
    assertInvalid(good().replaceFirst("^[^.]*", encode("{\"alg\":\"RS256\",\"alg\":\"none\"}")));
  }

  @Test
  void times_and_audiences() {
    Date now = Date.from(new TestClock().instant());
    Date past = Date.from(now.toInstant().minus(Duration.ofSeconds(2)));
    Date future = Date.from(now.toInstant().plus(Duration.ofMinutes(6)));

    Reply expired = federated.assume(role, IssuerServer.sign(claims().expirationTime(past)));
    assertThat(expired.code()).isEqualTo("ExpiredTokenException");
    assertThat(expired.status()).isEqualTo(400);
    assertThat(expired.message()).startsWith("Token expired: current date/time ");
    assertInvalid(IssuerServer.sign(claims().expirationTime(null)));
    assertInvalid(IssuerServer.sign(claims().claim("exp", "tomorrow")));
    assertInvalid(IssuerServer.sign(claims().notBeforeTime(future)));
    assertInvalid(IssuerServer.sign(claims().issueTime(future)));
    assertInvalid(IssuerServer.sign(claims().subject(null)));
    assertInvalid(IssuerServer.sign(claims().subject("")));
    assertInvalid(IssuerServer.sign(claims().subject("a\nb")));
    assertInvalid(IssuerServer.sign(claims().subject("s".repeat(256))));
    assertInvalid(IssuerServer.sign(claims().audience((String) null)));
    for (List<String> audience :
        List.of(
            List.of("another"),
            List.of("sts.amazonaws.com", "another"),
            List.of("STS.amazonaws.com"),
            List.of("sts.amazonaws.com/"))) {
      Reply refused = federated.assume(role, IssuerServer.sign(claims().audience(audience)));
      assertThat(refused.message()).isEqualTo("Incorrect token audience");
    }
  }

  @Test
  void issuers_that_look_alike() {
    String issuer = issuers.issuer("attacked");
    String host = "attacked.issuers.test";

    for (String alike :
        List.of(
            issuer + "/",
            issuer + "/.",
            issuer.replace("attacked", "Attacked"),
            issuer.replace("https", "HTTPS"),
            issuer.replace("https", "http"),
            issuer.replace("https://", "https://user@"),
            issuer.replace("https://", "https://" + host + "@"),
            issuer.replaceAll(":\\d+$", ""),
            issuer.replaceAll(":\\d+$", ":443"),
            issuer.replace(host, host + "."),
            issuer + "?",
            issuer + "#",
            issuer + "%2f",
            " " + issuer,
            issuer.replace("https://", ""),
            "x".repeat(5000))) {
      Reply refused = federated.assume(role, IssuerServer.sign(claims().issuer(alike)));
      assertThat(refused.message())
          .as(alike)
          .startsWith("No OpenIDConnect provider found in your account for ");
    }
    assertInvalid(IssuerServer.sign(claims().issuer(null)));
    assertThat(federated.assume(role.replace(People.ACCOUNT, "999999999999"), good()).message())
        .startsWith("No OpenIDConnect provider found in your account for ");
  }

  @Test
  void a_role_that_trusts_another_provider_or_none() {
    String another = federated.role(issuers.issuer("k8s"), "");
    People people = new People(new Wire(server.getPort()));
    String own =
        people.role(
            """
            {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root"}, "Action": "sts:AssumeRole"}
            """
                .formatted(People.ACCOUNT));

    for (String distrustful : List.of(another, own, role + "-missing")) {
      Reply refused = federated.assume(distrustful, good());
      assertThat(refused.code()).isEqualTo("AccessDenied");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.message())
          .isEqualTo("Not authorized to perform sts:AssumeRoleWithWebIdentity");
      assertThat(federated.assume(distrustful, good().replaceFirst("[^.]*$", "AAAA")).code())
          .isEqualTo("InvalidIdentityToken");
    }
    assertThat(federated.assume("arn:aws:iam::" + People.ACCOUNT + ":user/admin", good()).code())
        .isEqualTo("ValidationError");
    assertThat(federated.assume(role, good(), "ProviderId", "www.amazon.com").code())
        .isEqualTo("ValidationError");
  }

  @Test
  void tokens_that_are_too_much() {
    assertThat(federated.assume(role, "e".repeat(20_001)).code()).isEqualTo("ValidationError");
    assertInvalid(encode("{\"alg\":\"RS256\"}") + "." + encode("[".repeat(10_000)) + ".AAAA");
    assertInvalid(
        encode("{\"alg\":\"RS256\"}") + "." + encode("{\"a\":".repeat(2_000) + "1") + ".AAAA");
    assertInvalid(
        encode("{\"alg\":\"RS256\"}")
            + "."
            + encode("{\"exp\":1e309,\"iss\":\"%s\"}".formatted(issuers.issuer("attacked")))
            + ".AAAA");
    assertInvalid(
        IssuerServer.sign(claims().audience(Collections.nCopies(11, "sts.amazonaws.com"))));
  }

  @Test
  void claims_and_headers_of_any_type_at_all() {
    List<Object> values =
        List.of(
            1,
            -1,
            1e300,
            9.3e18,
            true,
            "",
            "x",
            "\u0000",
            List.of(),
            List.of(1, "x", List.of()),
            Map.of(),
            Map.of("a", Map.of("b", List.of(1))));
    String tags = "https://aws.amazon.com/tags";
    for (Object value : values) {
      TestClock.forward(Duration.ofMinutes(1));
      for (String claim :
          List.of(
              "iss",
              "sub",
              "aud",
              "exp",
              "nbf",
              "iat",
              "jti",
              "amr",
              "azp",
              "repository",
              tags,
              tags + "/principal_tags/x",
              tags + "/transitive_tag_keys",
              "https://aws.amazon.com/source_identity")) {
        assertAnswered(IssuerServer.sign(claims().claim(claim, value)), claim + "=" + value);
      }
      assertAnswered(
          IssuerServer.sign(claims().claim(tags, Map.of("principal_tags", value))),
          "tags " + value);
    }
  }

  @Test
  void noise_in_a_token() {
    Random random = new Random(23);
    String good = good();
    String[] parts = good.split("\\.");
    List<String> headers =
        List.of(
            "alg", "kid", "typ", "crit", "jwk", "jku", "x5u", "x5c", "cty", "b64", "zip", "enc");
    for (String name : headers) {
      for (String value :
          List.of("null", "1", "\"\"", "\"x\"", "[]", "[1]", "{}", "true", "{\"kty\":\"RSA\"}")) {
        TestClock.forward(Duration.ofSeconds(1));
        String alg = name.equals("alg") ? "" : "\"alg\":\"RS256\",";
        String header = "{%s\"%s\":%s}".formatted(alg, name, value);
        assertAnswered(encode(header) + "." + parts[1] + "." + parts[2], header);
      }
    }
    for (int i = 0; i < 500; i++) {
      TestClock.forward(Duration.ofSeconds(1));
      StringBuilder noisy = new StringBuilder(good);
      noisy.setCharAt(random.nextInt(good.length()), (char) (32 + random.nextInt(96)));
      assertAnswered(noisy.toString(), noisy.toString());
    }
  }

  private void assertAnswered(String token, String what) {
    Reply reply = federated.assume(role, token);
    assertThat(reply.status()).as("%s: %s", what, reply.body()).isLessThan(500);
    assertThat(reply.code()).as(what).isNotEqualTo("Throttling");
  }

  private Reply fromIssuer(String name, HttpHandler handler) {
    issuers.handlers.put(name, handler);
    return federated.assume(
        federated.role(issuers.issuer(name), ""), IssuerServer.sign(issuers.claims(name, SUBJECT)));
  }

  private void assertUnreachable(Reply reply) {
    assertThat(reply.code()).isEqualTo("IDPCommunicationError");
    assertThat(reply.status()).isEqualTo(400);
  }

  private String discovery(String name, String keys) {
    return "{\"issuer\": \"%s\", \"jwks_uri\": \"%s\"}".formatted(issuers.issuer(name), keys);
  }

  @Test
  void an_issuer_that_is_slow() {
    long began = System.nanoTime();

    Reply reply =
        fromIssuer(
            "slow",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try {
                while (true) {
                  exchange.getResponseBody().write(' ');
                  exchange.getResponseBody().flush();
                  Thread.sleep(100);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertUnreachable(reply);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void an_issuer_that_redirects() {
    Reply reply =
        fromIssuer(
            "redirect",
            exchange -> {
              exchange.getResponseHeaders().add("Location", issuers.issuer("k8s"));
              exchange.sendResponseHeaders(302, -1);
            });

    assertUnreachable(reply);
  }

  @Test
  void an_issuer_that_answers_without_end() {
    Reply reply =
        fromIssuer(
            "long",
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              byte[] part = new byte[65_536];
              while (true) {
                exchange.getResponseBody().write(part);
              }
            });

    assertUnreachable(reply);
  }

  @Test
  void an_issuer_with_too_many_keys() {
    Reply reply =
        fromIssuer(
            "many",
            exchange -> {
              if (exchange.getRequestURI().getPath().contains("well-known")) {
                issuers.serve("many", exchange);
              } else {
                List<JWK> keys = Collections.nCopies(101, IssuerServer.KEY);
                IssuerServer.answer(exchange, new JWKSet(keys).toString());
              }
            });

    assertUnreachable(reply);
  }

  @Test
  void a_discovery_document_of_another_issuer_or_with_keys_elsewhere() {
    assertUnreachable(
        fromIssuer("other", exchange -> IssuerServer.answer(exchange, discovery("k8s", "x"))));
    assertUnreachable(
        fromIssuer(
            "plain",
            exchange ->
                IssuerServer.answer(
                    exchange, discovery("plain", "http://plain.issuers.test/keys"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/keys",
        "https://167772161/keys",
        "https://user:pass@metadata.issuers.test/keys",
        "file:///etc/passwd",
        "https:keys",
        "https://metadata.issuers.test:99999/keys",
        "\\u0000",
        ""
      })
  void keys_that_are_said_to_be_where_nothing_is_read(String elsewhere) {
    // Each time as if the issuer had not been asked for long.
    TestClock.forward(Duration.ofHours(25));

    assertUnreachable(
        fromIssuer(
            "metadata",
            exchange -> IssuerServer.answer(exchange, discovery("metadata", elsewhere))));
  }

  @Test
  void a_name_that_means_an_address_nobody_may_reach() {
    int port = Integer.getInteger(TestIssuers.PORT);
    // The same server, certificate and authority; but this network was not named.
    assertUnreachable(fromIssuer("private", exchange -> issuers.serve("private", exchange)));
    for (String address :
        List.of(
            "127.0.0.1",
            "10.1.2.3",
            "172.20.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.1.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::1",
            "2001:db8::1")) {
      String host = "h" + Math.abs(address.hashCode()) + ".elsewhere.test";
      TestNames.ADDRESSES.put(host, List.of("93.184.215.14", address));
      String issuer = "https://" + host + ":" + port;
      Reply reply =
          federated.assume(federated.role(issuer, ""), IssuerServer.sign(claims().issuer(issuer)));

      assertUnreachable(reply);
      People.ok(
          new Wire(server.getPort())
              .iam(
                  Wire.Key.ADMIN,
                  "DeleteOpenIDConnectProvider",
                  "OpenIDConnectProviderArn",
                  federated.provider(issuer)));
    }
    assertThat(issuers.requests("private")).isZero();
  }

  /// What was checked is what is called: a name that has moved by then is looked up anew, and
  /// checked again.
  @Test
  void a_name_that_moves_inward_between_two_documents() {
    Reply reply =
        fromIssuer(
            "rebind",
            exchange -> {
              TestNames.ADDRESSES.put("rebind.issuers.test", List.of("10.0.0.1"));
              issuers.serve("rebind", exchange);
            });

    assertUnreachable(reply);
    assertThat(issuers.requests("rebind")).isEqualTo(1);
  }

  @Test
  void a_certificate_of_another_authority_or_another_name() {
    assertUnreachable(fromIssuer("untrusted", exchange -> issuers.serve("untrusted", exchange)));
    String misnamed = "https://misnamed.test:" + Integer.getInteger(TestIssuers.PORT);
    assertUnreachable(
        federated.assume(
            federated.role(misnamed, ""), IssuerServer.sign(claims().issuer(misnamed))));
    assertThat(issuers.requests("untrusted") + issuers.requests("misnamed")).isZero();
  }

  @Test
  void nobody_can_make_the_broker_call_an_issuer_often() throws Exception {
    String issuer = issuers.issuer("counted");
    federated.provider(issuer);
    String known = federated.role(issuer, "");

    // Nothing is asked for a role that is not there, an audience or a time that is wrong.
    federated.assume(known + "x", IssuerServer.sign(issuers.claims("counted", SUBJECT)));
    federated.assume(known, IssuerServer.sign(issuers.claims("counted", SUBJECT).audience("x")));
    federated.assume(
        known, IssuerServer.sign(issuers.claims("counted", SUBJECT).expirationTime(new Date(0))));
    assertThat(issuers.requests("counted")).isZero();

    Set<String> codes = new TreeSet<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Reply>> calls =
          IntStream.range(0, 60)
              .<Callable<Reply>>mapToObj(
                  i ->
                      () ->
                          federated.assume(
                              known,
                              IssuerServer.sign(
                                  issuers.claims("counted", SUBJECT),
                                  new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k" + i).build(),
                                  IssuerServer.KEY)))
              .toList();
      for (var call : threads.invokeAll(calls)) {
        codes.add(call.get().code());
      }
    }

    assertThat(codes).containsExactly("InvalidIdentityToken");
    // Discovery and keys, once.
    assertThat(issuers.requests("counted")).isEqualTo(2);
  }

  @Test
  void whoever_is_refused_all_the_time_has_to_wait() {
    Set<String> codes = new TreeSet<>();
    for (int i = 0; i < 400 && codes.size() < 2; i++) {
      codes.add(federated.assume(role, "not.a.token").code());
    }

    assertThat(codes).containsExactly("InvalidIdentityToken", "Throttling");
    TestClock.forward(Duration.ofSeconds(20));
    assertThat(federated.assume(role, good()).code()).isEqualTo("OK");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024})
  void a_key_that_is_too_weak(int bits) throws Exception {
    RSAKey weak = weak(bits);
    String name = bits == 512 ? "trust" : "outage";
    issuers.keys.put(name, List.of(weak, IssuerServer.KEY));
    String trusting = federated.role(issuers.issuer(name), "");

    String token = weakly(name, weak);

    assertThat(federated.assume(trusting, token).code()).isEqualTo("InvalidIdentityToken");
  }

  private static RSAKey weak(int bits) throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    var pair = generator.generateKeyPair();
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .keyID("weak")
        .build();
  }

  private String weakly(String name, RSAKey weak) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build(),
            issuers.claims(name, SUBJECT).build());
    token.sign(new com.nimbusds.jose.crypto.RSASSASigner(weak.toPrivateKey(), true));
    return token.serialize();
  }

  @Test
  void what_a_token_claims_cannot_stand_in_for_what_is_proven() {
    String trusting =
        federated.role(
            issuers.issuer("attacked"),
            "\"StringEquals\": {\"aws:FederatedProvider\": \"other\", \"aws:PrincipalAccount\": \"1\"}");

    String token =
        IssuerServer.sign(
            claims()
                .claim("aws:FederatedProvider", "other")
                .claim("aws:PrincipalAccount", "1")
                .claim("context", Map.of("aws:PrincipalAccount", "1")));

    assertThat(federated.assume(trusting, token).code()).isEqualTo("AccessDenied");
  }
}
