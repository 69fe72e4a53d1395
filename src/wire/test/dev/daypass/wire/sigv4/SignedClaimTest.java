package dev.daypass.wire.sigv4;

import static dev.daypass.wire.sigv4.SignedRequests.NOW;
import static dev.daypass.wire.sigv4.SignedRequests.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.Service;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedClaimTest {
  private static final String BODY = "Action=GetCallerIdentity&Version=2011-06-15";

  @Test
  void accepts_what_the_sdk_signs_whatever_the_body() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder body = new StringBuilder(BODY);
      random
          .ints(random.nextInt(60), 32, 0x2fff)
          .forEach(c -> body.append("&p").append(c).append('=').append(encode(c)));

      SignedClaim claim = SignedClaim.read(SignedRequests.post(body.toString()), Service.STS, NOW);

      claim.verify(Secret.of(SECRET));
      assertThat(claim.accessKeyId()).isEqualTo("AKIAIOSFODNN7EXAMPLE");
      assertThat(claim.scope()).isEqualTo(new Scope("20261124", "eu-west-1", "sts"));
    }
  }

  @Test
  void accepts_a_presigned_url() {
    SignedClaim claim =
        SignedClaim.read(SignedRequests.presigned(BODY), Service.STS, NOW.plusSeconds(59));

    claim.verify(Secret.of(SECRET));
  }

  @Test
  void refuses_a_presigned_url_after_its_time() {
    assertRefused(
        () -> SignedClaim.read(SignedRequests.presigned(BODY), Service.STS, NOW.plusSeconds(61)),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "Signature expired: 20261124T120000Z is now earlier than 20261124T120001Z (20261124T120101Z - 1 min.)");
  }

  @Test
  void refuses_another_secret() {
    SignedClaim claim = SignedClaim.read(SignedRequests.post(BODY), Service.STS, NOW);

    assertRefused(
        () -> claim.verify(Secret.of("another")),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.");
  }

  @Test
  void refuses_a_request_with_any_signed_part_changed() {
    HttpMessage signed = SignedRequests.post(BODY);
    List<UnaryOperator<HttpMessage>> changes = new ArrayList<>();
    for (HttpMessage.Header header : signed.headers()) {
      if (!header.name().equalsIgnoreCase("authorization")) {
        changes.add(message -> with(message, header.name(), header.value() + "x"));
        changes.add(message -> without(message, header.name()));
      }
    }
    changes.add(message -> new HttpMessage("PUT", "/", "", message.headers(), message.body()));
    changes.add(message -> new HttpMessage("POST", "/x", "", message.headers(), message.body()));
    changes.add(message -> new HttpMessage("POST", "/", "a=b", message.headers(), message.body()));
    changes.add(message -> withBody(message, BODY + "&a=b"));

    for (UnaryOperator<HttpMessage> change : changes) {
      HttpMessage changed = change.apply(signed);

      var refusal =
          catchThrowableOfType(
              ApiError.class,
              () -> SignedClaim.read(changed, Service.STS, NOW).verify(Secret.of(SECRET)));

      assertThat(refusal).as(changed.toString()).isNotNull();
      assertThat(refusal.code().status()).isBetween(400, 403);
    }
  }

  @Test
  void refuses_a_signature_in_upper_case() {
    HttpMessage signed = SignedRequests.post(BODY);
    String header = signed.header("Authorization").orElseThrow();
    int at = header.indexOf("Signature=") + 10;
    HttpMessage shouting =
        with(signed, "Authorization", header.substring(0, at) + header.substring(at).toUpperCase());

    assertThat(
            catchThrowableOfType(
                ApiError.class,
                () -> SignedClaim.read(shouting, Service.STS, NOW).verify(Secret.of(SECRET))))
        .isNotNull();
  }

  @Test
  void a_missing_signature_is_told_as_aws_tells_it() {
    assertRefused(
        () -> read(without(SignedRequests.post(BODY), "Authorization")),
        ErrorCode.MISSING_AUTHENTICATION_TOKEN,
        "Request is missing Authentication Token");
  }

  @Test
  void a_header_without_its_parts_names_them_all() {
    HttpMessage empty =
        new HttpMessage(
            "POST",
            "/",
            "",
            List.of(new HttpMessage.Header("Authorization", "AWS4-HMAC-SHA256 ")),
            new byte[0]);

    assertRefused(
        () -> read(empty),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "'' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 '.");
  }

  @Test
  void a_bearer_token_is_no_signature() {
    HttpMessage bearer = with(SignedRequests.post(BODY), "Authorization", "Bearer");

    assertRefused(
        () -> read(bearer),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=Bearer");
  }

  @Test
  void two_signatures_are_one_too_many() {
    HttpMessage signed = SignedRequests.post(BODY);
    List<HttpMessage.Header> headers = new ArrayList<>(signed.headers());
    headers.add(
        new HttpMessage.Header("Authorization", signed.header("Authorization").orElseThrow()));

    assertRefused(
        () -> read(new HttpMessage("POST", "/", "", headers, signed.body())),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "Only one auth mechanism allowed; the request has more than one signature.");
  }

  @ParameterizedTest
  @ValueSource(longs = {-901, -3600, 901, 3600})
  void a_clock_more_than_15_minutes_off_is_refused(long seconds) {
    HttpMessage signed = SignedRequests.post(BODY, NOW.plusSeconds(seconds));

    var refusal = catchThrowableOfType(ApiError.class, () -> read(signed));

    assertThat(refusal.code()).isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    assertThat(refusal.text())
        .startsWith(seconds < 0 ? "Signature expired: " : "Signature not yet current: ");
  }

  @ParameterizedTest
  @ValueSource(longs = {-900, -899, 0, 899, 900})
  void a_clock_up_to_15_minutes_off_is_not(long seconds) {
    read(SignedRequests.post(BODY, NOW.plusSeconds(seconds))).verify(Secret.of(SECRET));
  }

  @Test
  void the_date_has_one_form() {
    HttpMessage odd = with(SignedRequests.post(BODY), "X-Amz-Date", "yesterday");

    assertRefused(
        () -> read(odd),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601");
  }

  @Test
  void a_signature_for_another_service_is_refused() {
    assertRefused(
        () -> SignedClaim.read(SignedRequests.post(BODY), Service.IAM, NOW),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "Credential should be scoped to correct service: 'iam'. ");
  }

  @Test
  void another_algorithm_is_refused() {
    HttpMessage other =
        rewritten(authorization -> authorization.replace("AWS4-HMAC-SHA256", "AWS4-NONE"));

    assertRefused(
        () -> read(other),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': 'AWS4-NONE' (only AWS4-HMAC-SHA256 for now). ");
  }

  @Test
  void a_credential_has_five_elements() {
    HttpMessage other = rewritten(authorization -> authorization.replace("/aws4_request", ""));

    assertRefused(
        () -> read(other),
        ErrorCode.INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIAIOSFODNN7EXAMPLE/20261124/eu-west-1/sts'");
  }

  @Test
  void everything_wrong_with_the_scope_is_told_at_once() {
    HttpMessage other =
        rewritten(
            authorization ->
                authorization.replace(
                    "20261124/eu-west-1/sts/aws4_request", "20200101/EU_West/s3/aws3_request"));

    assertRefused(
        () -> read(other),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "Credential should be scoped to a valid region, not 'EU_West'. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3_request'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' != '20261124', from '20261124T120000Z'.");
  }

  @Test
  void the_host_must_be_signed() {
    HttpMessage other = rewritten(authorization -> authorization.replace("host;", ""));

    assertRefused(
        () -> read(other),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void a_session_token_that_is_not_signed_is_refused() {
    HttpMessage signed = SignedRequests.post(BODY);
    List<HttpMessage.Header> headers = new ArrayList<>(signed.headers());
    headers.add(new HttpMessage.Header("X-Amz-Security-Token", "token"));

    assertRefused(
        () -> read(new HttpMessage("POST", "/", "", headers, signed.body())),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", ""})
  void a_body_that_is_not_signed_is_refused(String hash) {
    HttpMessage other = with(SignedRequests.post(BODY), "x-amz-content-sha256", hash);

    assertRefused(
        () -> read(other),
        ErrorCode.SIGNATURE_DOES_NOT_MATCH,
        "The value of 'x-amz-content-sha256' is not the SHA-256 of the request's body.");
  }

  @Test
  void noise_is_refused_and_never_fails_otherwise() {
    Random random = new Random(5);
    HttpMessage signed = SignedRequests.post(BODY);
    String header = signed.header("Authorization").orElseThrow();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder noisy = new StringBuilder(header);
      for (int change = 0; change <= random.nextInt(4); change++) {
        int at = random.nextInt(noisy.length());
        if (random.nextBoolean()) {
          noisy.setCharAt(at, (char) random.nextInt(1, 256));
        } else {
          noisy.setLength(at + 1);
        }
      }
      HttpMessage other = with(signed, "Authorization", noisy.toString());

      if (!noisy.toString().equals(header)) {
        Throwable failure = null;
        try {
          read(other).verify(Secret.of(SECRET));
        } catch (ApiError refusal) {
          failure = refusal;
        }
        if (failure == null) {
          // Only the claimed key id is not protected by the signature: another id has another
          // secret.
          assertThat(noisy.toString()).as("accepted").contains("Signature=");
        }
      }
    }
  }

  private static SignedClaim read(HttpMessage message) {
    return SignedClaim.read(message, Service.STS, NOW);
  }

  private static HttpMessage rewritten(UnaryOperator<String> change) {
    HttpMessage signed = SignedRequests.post(BODY);
    return with(
        signed, "Authorization", change.apply(signed.header("Authorization").orElseThrow()));
  }

  private static HttpMessage with(HttpMessage message, String name, String value) {
    List<HttpMessage.Header> headers = new ArrayList<>();
    for (HttpMessage.Header header : message.headers()) {
      headers.add(
          header.name().equalsIgnoreCase(name)
              ? new HttpMessage.Header(header.name(), value)
              : header);
    }
    return new HttpMessage(
        message.method(), message.path(), message.query(), headers, message.body());
  }

  private static HttpMessage without(HttpMessage message, String name) {
    return new HttpMessage(
        message.method(),
        message.path(),
        message.query(),
        message.headers().stream().filter(header -> !header.name().equalsIgnoreCase(name)).toList(),
        message.body());
  }

  private static HttpMessage withBody(HttpMessage message, String body) {
    return new HttpMessage(
        message.method(),
        message.path(),
        message.query(),
        message.headers(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Runnable deed, ErrorCode code, String text) {
    var refusal = catchThrowableOfType(ApiError.class, deed::run);

    assertThat(refusal).as("nothing was refused").isNotNull();
    assertThat(refusal.text()).isEqualTo(text);
    assertThat(refusal.code()).isEqualTo(code);
  }

  private static String encode(int c) {
    return Character.isSurrogate((char) c)
        ? "x"
        : java.net.URLEncoder.encode(Character.toString(c), StandardCharsets.UTF_8);
  }
}
