package dev.daypass.wire.sigv4;

import static dev.daypass.wire.sigv4.SignedRequests.NOW;
import static dev.daypass.wire.sigv4.SignedRequests.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that are not ours, and claims that are passed on.
class OtherServicesTest {
  private static final SignedService ORDERS =
      new SignedService("orders", Optional.of("eu-west-1"), false);
  private static final SignedService UNSIGNED =
      new SignedService("orders", Optional.of("eu-west-1"), true);
  private static final RequestSigner SIGNER =
      new RequestSigner("AKIAIOSFODNN7EXAMPLE", Secret.of(SECRET), Optional.empty());

  private static HttpMessage request(String query, String body) {
    return new HttpMessage(
        "PUT",
        "/orders/7",
        query,
        List.of(new Header("Host", "orders.example.com"), new Header("X-Note", " a  b ")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpMessage signed(String query, String body) {
    return SIGNER.sign(request(query, body), "eu-west-1", "orders", NOW);
  }

  @Test
  void what_the_signer_signs_is_proven_by_the_secret_and_by_the_key_derived_from_it() {
    SignedClaim claim = SignedClaim.read(signed("a=1&a=2&b", "hello"), ORDERS, NOW);
    SigningKey key = claim.verify(Secret.of(SECRET));

    claim.verify(SigningKey.of(key.secret()));
    claim.relayed().verify(key);
    claim.relayed().checkTime(NOW);
    assertThat(claim.scope()).isEqualTo(new Scope("20261124", "eu-west-1", "orders"));
  }

  @Test
  void a_temporary_key_signs_its_token() {
    HttpMessage message =
        new RequestSigner("ASIAIOSFODNN7EXAMPLE", Secret.of(SECRET), Optional.of(Secret.of("t1")))
            .sign(request("", ""), "eu-west-1", "orders", NOW);
    SignedClaim claim = SignedClaim.read(message, ORDERS, NOW);

    claim.verify(Secret.of(SECRET));
    assertThat(claim.sessionToken()).contains("t1");
    assertThat(message.header("authorization").orElseThrow()).contains("x-amz-security-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "eu-west-2"})
  void another_region_is_refused_where_the_service_is_in_one(String region) {
    HttpMessage message = SIGNER.sign(request("", ""), region, "orders", NOW);

    assertThatThrownBy(() -> SignedClaim.read(message, ORDERS, NOW))
        .isInstanceOf(ApiError.class)
        .hasMessage("Credential should be scoped to a valid region, not '%s'. ".formatted(region));
    SignedClaim.read(message, SignedService.global("orders"), NOW).verify(Secret.of(SECRET));
  }

  @Test
  void a_key_of_another_day_region_or_service_proves_nothing() {
    SignedClaim claim = SignedClaim.read(signed("", "x"), ORDERS, NOW);

    for (Scope other :
        List.of(
            new Scope("20261123", "eu-west-1", "orders"),
            new Scope("20261124", "us-east-1", "orders"),
            new Scope("20261124", "eu-west-1", "sts"))) {
      SigningKey key = SigningKey.derive(Secret.of(SECRET), other);
      assertThatThrownBy(() -> claim.verify(key)).as(other.toString()).isInstanceOf(ApiError.class);
    }
  }

  @Test
  void a_parameter_of_a_signature_is_given_once() {
    for (String twice :
        List.of(
            "X-Amz-Signature=a&X-Amz-Signature=b",
            "X-Amz-Signature=a&X%2DAmz%2DSignature=b",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Algorithm=x")) {
      assertThatThrownBy(() -> SignedClaim.read(request(twice, ""), ORDERS, NOW))
          .hasMessageContaining("is given more than once");
    }
  }

  @Test
  void an_unsigned_body_is_taken_only_where_that_is_wanted() {
    HttpMessage base = request("", "hello");
    List<Header> headers = new ArrayList<>(base.headers());
    headers.add(new Header("x-amz-date", "20261124T120000Z"));
    headers.add(new Header("x-amz-content-sha256", "UNSIGNED-PAYLOAD"));
    HttpMessage message = new HttpMessage("PUT", "/orders/7", "", authorized(headers), base.body());

    SignedClaim.read(message, UNSIGNED, NOW).verify(Secret.of(SECRET));
    assertThatThrownBy(() -> SignedClaim.read(message, ORDERS, NOW))
        .hasMessageContaining("x-amz-content-sha256");
  }

  @Test
  void a_signed_body_stays_signed_where_unsigned_ones_are_taken() {
    HttpMessage signed = signed("", "hello");
    HttpMessage swapped =
        new HttpMessage(
            "PUT", "/orders/7", "", signed.headers(), "other".getBytes(StandardCharsets.UTF_8));

    SignedClaim.read(signed, UNSIGNED, NOW).verify(Secret.of(SECRET));
    assertThatThrownBy(() -> SignedClaim.read(swapped, UNSIGNED, NOW))
        .hasMessageContaining("x-amz-content-sha256");
    assertThatThrownBy(() -> SignedClaim.read(swapped, ORDERS, NOW))
        .hasMessageContaining("x-amz-content-sha256");
  }

  private static List<Header> authorized(List<Header> headers) {
    HttpMessage message = new HttpMessage("PUT", "/orders/7", "", headers, new byte[0]);
    List<String> names = List.of("host", "x-amz-content-sha256", "x-amz-date", "x-note");
    String canonical =
        CanonicalRequest.of(message, names, Authorization.SIGNATURE_PARAMETER, "UNSIGNED-PAYLOAD");
    Scope scope = new Scope("20261124", "eu-west-1", "orders");
    String toSign =
        String.join(
            "\n",
            SignedClaim.ALGORITHM,
            "20261124T120000Z",
            scope.toString(),
            CanonicalRequest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    List<Header> all = new ArrayList<>(headers);
    all.add(
        new Header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    scope,
                    String.join(";", names),
                    java.util.HexFormat.of()
                        .formatHex(SigningKey.derive(Secret.of(SECRET), scope).sign(toSign)))));
    return all;
  }

  @Test
  void a_relayed_claim_is_of_its_scopes_day_and_not_older_than_any_signature() {
    RelayedClaim claim = SignedClaim.read(signed("", ""), ORDERS, NOW).relayed();
    RelayedClaim ofAnotherDay =
        new RelayedClaim(
            claim.accessKeyId(),
            Optional.empty(),
            "20261123T120000Z",
            claim.scope(),
            claim.requestHash(),
            claim.signature());

    claim.checkTime(NOW.plus(Duration.ofDays(7)));
    assertThatThrownBy(() -> claim.checkTime(NOW.plus(Duration.ofDays(7).plusSeconds(1))))
        .hasMessageContaining("Signature expired");
    assertThatThrownBy(() -> claim.checkTime(NOW.minus(Duration.ofMinutes(16))))
        .hasMessageContaining("Signature not yet current");
    assertThatThrownBy(() -> ofAnotherDay.checkTime(NOW)).hasMessageContaining("scope");
  }
}
