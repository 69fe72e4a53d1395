package dev.daypass.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.sigv4.HttpMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bearer tokens, and what is none.
class BearerTokensTest {
  private static final String ISSUER = "https://tokens.example.com";
  private final AtomicInteger reads = new AtomicInteger();
  private HttpServer keys;
  private ECKey key;
  private TestBroker broker;
  private Guard guard;

  @BeforeEach
  void begin() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/keys",
        exchange -> {
          reads.incrementAndGet();
          byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
    broker = new TestBroker();
    guard =
        new Guard(
            GuardSettings.of(broker.address(), () -> TestBroker.GUARD, "orders", "eu-west-1")
                .withBearer(
                    new BearerIssuer(
                        ISSUER,
                        Set.of("https://orders.example.com"),
                        URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/keys"))));
    await().until(() -> broker.listened.get() > 0);
  }

  @AfterEach
  void end() {
    guard.close();
    broker.close();
    keys.stop(0);
  }

  private static JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("https://orders.example.com")
        .subject("arn:aws:iam::111122223333:role/app")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  private String token(JWTClaimsSet claims) throws Exception {
    return token(JOSEObjectType.JWT, claims, new ECDSASigner(key), JWSAlgorithm.ES256, "k1");
  }

  private static String token(
      JOSEObjectType type, JWTClaimsSet claims, JWSSigner signer, JWSAlgorithm alg, String kid)
      throws Exception {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(alg).type(type).keyID(kid).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static GuardRequest request(String authorization) {
    return new GuardRequest(
        new HttpMessage(
            "GET",
            "/1",
            "",
            List.of(
                new HttpMessage.Header("host", "orders.example.com"),
                new HttpMessage.Header("Authorization", authorization)),
            new byte[0]),
        "192.0.2.7",
        true);
  }

  private static Ask ask() {
    return new Ask("orders:GetOrder", "arn:aws:orders:::order/1");
  }

  private static Ask underPolicy(String subject) {
    return ask()
        .under(
            Policy.parse(
                PolicyType.RESOURCE,
                "order",
                """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*",
                 "Principal": {"Federated": "tokens.example.com"}, "Action": "orders:GetOrder",
                 "Condition": {"StringEquals": {"tokens.example.com:sub": "%s"}}}}
                """
                    .formatted(subject)));
  }

  private String code(String token) {
    try {
      guard.authenticate(request("Bearer " + token));
      return "OK";
    } catch (ApiError refusal) {
      return refusal.code().wireName();
    }
  }

  @Test
  void the_policy_of_the_resource_gives_the_subject_what_it_has() throws Exception {
    Caller caller = guard.authenticate(request("bearer " + token(claims().build())));

    assertThat(caller.arn()).isEqualTo("tokens.example.com/arn:aws:iam::111122223333:role/app");
    assertThat(caller.decide(ask()).allowed()).isFalse();
    assertThat(caller.decide(underPolicy("arn:aws:iam::111122223333:role/app")).allowed()).isTrue();
    assertThat(caller.decide(underPolicy("arn:aws:iam::111122223333:role/other")).allowed())
        .isFalse();
  }

  @Test
  void what_is_meant_for_others_or_has_no_end_is_refused() throws Exception {
    List<UnaryOperator<JWTClaimsSet.Builder>> wrong =
        List.of(
            claims -> claims.audience("https://payments.example.com"),
            claims ->
                claims.audience(
                    List.of("https://orders.example.com", "https://payments.example.com")),
            claims -> claims.audience((String) null),
            claims -> claims.issuer("https://tokens.example.com/"),
            claims -> claims.issuer(null),
            claims -> claims.subject(null),
            claims -> claims.expirationTime(null),
            claims -> claims.issueTime(null),
            claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(300))));

    for (var change : wrong) {
      assertThat(code(token(change.apply(claims()).build()))).isEqualTo("InvalidClientTokenId");
    }
    assertThat(
            code(token(claims().expirationTime(Date.from(Instant.now().minusSeconds(60))).build())))
        .isEqualTo("ExpiredToken");
    assertThat(code(token(claims().build()))).isEqualTo("OK");
  }

  @Test
  void other_types_algorithms_and_keys_are_refused() throws Exception {
    JWTClaimsSet claims = claims().build();
    byte[] publicKey = key.toECPublicKey().getEncoded();
    ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    String right = token(claims);
    String[] parts = right.split("\\.");
    List<String> wrong =
        List.of(
            token(null, claims, new ECDSASigner(key), JWSAlgorithm.ES256, "k1"),
            token(
                new JOSEObjectType("daypass-session+jwt"),
                claims,
                new ECDSASigner(key),
                JWSAlgorithm.ES256,
                "k1"),
            token(
                new JOSEObjectType("daypass-sign-in+jwt"),
                claims,
                new ECDSASigner(key),
                JWSAlgorithm.ES256,
                "k1"),
            token(JOSEObjectType.JWT, claims, new MACSigner(publicKey), JWSAlgorithm.HS256, "k1"),
            token(JOSEObjectType.JWT, claims, new ECDSASigner(stranger), JWSAlgorithm.ES256, "k1"),
            new PlainJWT(claims).serialize(),
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + "." + parts[2].substring(4),
            parts[0]
                + "."
                + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"sub\":\"x\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + parts[2],
            "",
            "x",
            "a".repeat(20_000));

    for (String token : wrong) {
      assertThat(code(token)).as(token).isEqualTo("InvalidClientTokenId");
    }
    assertThat(code(right)).isEqualTo("OK");
  }

  @Test
  void tokens_of_unknown_keys_do_not_make_the_keys_be_read_again_and_again() throws Exception {
    code(token(claims().build()));
    for (int i = 0; i < 200; i++) {
      String unknown =
          token(
              JOSEObjectType.JWT,
              claims().build(),
              new ECDSASigner(key),
              JWSAlgorithm.ES256,
              "unknown-" + i);
      assertThat(code(unknown)).isEqualTo("InvalidClientTokenId");
    }

    assertThat(reads.get()).isLessThan(6);
    assertThat(code(token(claims().build()))).isEqualTo("OK");
  }

  @Test
  void a_token_beside_a_signature_is_refused() throws Exception {
    GuardRequest both = request("Bearer " + token(claims().build()));
    HttpMessage presigned =
        new HttpMessage("GET", "/1", "X-Amz-Signature=1", both.message().headers(), new byte[0]);

    assertThat(Signers.code(guard, new GuardRequest(presigned, "192.0.2.7", true)))
        .isEqualTo("IncompleteSignature");
  }
}
