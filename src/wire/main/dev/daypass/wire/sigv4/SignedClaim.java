package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import dev.daypass.wire.Secret;
import dev.daypass.wire.Service;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A request's claim to be signed by the owner of an access key, well-formed and timely but not yet
/// proven: [#verify] proves it. Reading makes every check that needs no key, in AWS's order and
/// words.
public final class SignedClaim {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String TARGET = "x-amz-target";

  private final HttpMessage message;
  private final Authorization authorization;
  private final Scope scope;

  private SignedClaim(HttpMessage message, Authorization authorization, Scope scope) {
    this.message = message;
    this.authorization = authorization;
    this.scope = scope;
  }

  /// Reads the `Authorization` header, or the `X-Amz-…` parameters of a presigned URL.
  public static SignedClaim read(HttpMessage message, Service service, Instant now) {
    Authorization authorization = Authorization.of(message);
    Instant signedAt = SignedTime.parse(authorization.date());
    authorization.timeliness().check(signedAt, now);
    List<String> signed = authorization.signedHeaders();
    if (!signed.contains("host")) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "'Host' must be a 'SignedHeader' in the AWS Authorization.");
    }
    Credential.checkAlgorithm(authorization.algorithm());
    Scope scope = Credential.scope(authorization, service);
    checkHeaders(message, authorization);
    return new SignedClaim(message, authorization, scope);
  }

  /// The key that is claimed to have signed.
  public String accessKeyId() {
    return Credential.accessKeyId(authorization);
  }

  /// The session token that came with the request, unproven.
  public Optional<String> sessionToken() {
    return authorization.sessionToken();
  }

  public Scope scope() {
    return scope;
  }

  /// Fails with `SignatureDoesNotMatch` unless this secret access key signed the request.
  public void verify(Secret secretAccessKey) {
    verify(SigningKey.derive(secretAccessKey, scope));
  }

  /// Fails with `SignatureDoesNotMatch` unless this derived key signed the request.
  public void verify(SigningKey key) {
    byte[] expected = key.sign(stringToSign());
    byte[] claimed = authorization.signature().getBytes(StandardCharsets.US_ASCII);
    byte[] shown = HexFormat.of().formatHex(expected).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(shown, claimed)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The request signature we calculated does not match the signature you provided. Check your"
              + " AWS Secret Access Key and signing method. Consult the service documentation for details.");
    }
  }

  String canonicalRequest() {
    return CanonicalRequest.of(
        message, authorization.signedHeaders(), Authorization.SIGNATURE_PARAMETER);
  }

  String stringToSign() {
    String canonical = canonicalRequest();
    return String.join(
        "\n",
        ALGORITHM,
        authorization.date(),
        scope.toString(),
        CanonicalRequest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
  }

  /// What is signed must be there, what decides must be signed, and the body must be the one that
  /// was signed.
  private static void checkHeaders(HttpMessage message, Authorization authorization) {
    for (String name : authorization.signedHeaders()) {
      if (message.header(name).isEmpty()) {
        throw SIGNATURE_DOES_NOT_MATCH.error(
            "'%s' is a 'SignedHeader' but the request does not have it.".formatted(name));
      }
    }
    for (String name : List.of("x-amz-date", "x-amz-security-token", "x-amz-content-sha256")) {
      if (authorization.inHeader()
          && message.header(name).isPresent()
          && !authorization.signedHeaders().contains(name)) {
        throw unsigned(name);
      }
    }
    // It names the action of a JSON call, however that is signed.
    if (message.header(TARGET).isPresent() && !authorization.signedHeaders().contains(TARGET)) {
      throw unsigned(TARGET);
    }
    String bodyHash = CanonicalRequest.sha256(message.body());
    if (!message.values("x-amz-content-sha256").allMatch(bodyHash::equals)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The value of 'x-amz-content-sha256' is not the SHA-256 of the request's body.");
    }
  }

  private static RuntimeException unsigned(String name) {
    return SIGNATURE_DOES_NOT_MATCH.error(
        "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(name));
  }
}
