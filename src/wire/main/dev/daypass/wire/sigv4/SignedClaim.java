package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.SIGNATURE_DOES_NOT_MATCH;

import dev.daypass.wire.Secret;
import dev.daypass.wire.Service;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request's claim to be signed by the owner of an access key, well-formed and timely but not yet
/// proven: [#verify] proves it. Reading makes every check that needs no key, in AWS's order and
/// words.
public final class SignedClaim implements Claim {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String PAYLOAD = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final String TARGET = "x-amz-target";

  private final HttpMessage message;
  private final Authorization authorization;
  private final Scope scope;
  private final String payload;

  private SignedClaim(
      HttpMessage message, Authorization authorization, Scope scope, String payload) {
    this.message = message;
    this.authorization = authorization;
    this.scope = scope;
    this.payload = payload;
  }

  /// Reads the `Authorization` header, or the `X-Amz-…` parameters of a presigned URL.
  public static SignedClaim read(HttpMessage message, Service service, Instant now) {
    return read(message, SignedService.of(service), now);
  }

  /// The same, for a service of somebody else's.
  public static SignedClaim read(HttpMessage message, SignedService service, Instant now) {
    return read(message, service, now, List.of(ALGORITHM), List.of());
  }

  /// The same, for a signature that is made in another way.
  ///
  /// @param decisive headers that decide, and therefore must be signed where they are
  static SignedClaim read(
      HttpMessage message,
      SignedService service,
      Instant now,
      List<String> algorithms,
      List<String> decisive) {
    Authorization authorization = Authorization.of(message);
    Instant signedAt = SignedTime.parse(authorization.date());
    authorization.timeliness().check(signedAt, now);
    List<String> signed = authorization.signedHeaders();
    if (!signed.contains("host")) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "'Host' must be a 'SignedHeader' in the AWS Authorization.");
    }
    Credential.checkAlgorithm(authorization.algorithm(), algorithms);
    Scope scope = Credential.scope(authorization, service);
    checkHeaders(message, authorization, decisive);
    return new SignedClaim(message, authorization, scope, payload(message, authorization, service));
  }

  @Override
  public String accessKeyId() {
    return Credential.accessKeyId(authorization);
  }

  @Override
  public Optional<String> sessionToken() {
    return authorization.sessionToken();
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public SigningKey verify(Secret secretAccessKey) {
    return relayed().verify(secretAccessKey);
  }

  /// Fails with `SignatureDoesNotMatch` unless this derived key signed the request.
  public void verify(SigningKey key) {
    relayed().verify(key);
  }

  /// The claim without the request.
  public RelayedClaim relayed() {
    return new RelayedClaim(
        accessKeyId(),
        sessionToken(),
        authorization.date(),
        scope,
        CanonicalRequest.sha256(canonicalRequest().getBytes(StandardCharsets.UTF_8)),
        authorization.signature());
  }

  Authorization authorization() {
    return authorization;
  }

  String canonicalRequest() {
    return CanonicalRequest.of(
        message, authorization.signedHeaders(), Authorization.SIGNATURE_PARAMETER, payload);
  }

  /// What is signed must be there, and what decides must be signed.
  private static void checkHeaders(
      HttpMessage message, Authorization authorization, List<String> decisive) {
    for (String name : authorization.signedHeaders()) {
      if (message.header(name).isEmpty()) {
        throw SIGNATURE_DOES_NOT_MATCH.error(
            "'%s' is a 'SignedHeader' but the request does not have it.".formatted(name));
      }
    }
    for (String name : List.of("x-amz-date", "x-amz-security-token", PAYLOAD)) {
      if (authorization.inHeader()
          && message.header(name).isPresent()
          && !authorization.signedHeaders().contains(name)) {
        throw unsigned(name);
      }
    }
    for (String name : decisive) {
      checkSigned(message, authorization, name);
    }
    // It names the action of a JSON call, however that is signed.
    checkSigned(message, authorization, TARGET);
  }

  private static void checkSigned(HttpMessage message, Authorization authorization, String name) {
    if (message.header(name).isPresent() && !authorization.signedHeaders().contains(name)) {
      throw unsigned(name);
    }
  }

  /// What is signed of the body: its hash, which must be the one that is claimed; or nothing, where
  /// that is taken. A presigned URL says so by leaving the hash out.
  private static String payload(
      HttpMessage message, Authorization authorization, SignedService service) {
    List<String> claimed = message.values(PAYLOAD).distinct().toList();
    boolean unsigned =
        claimed.isEmpty() ? !authorization.inHeader() : claimed.equals(List.of(UNSIGNED));
    if (unsigned && service.unsignedPayload()) {
      return UNSIGNED;
    }
    if (!service.bodySeen() && claimed.size() == 1 && HASH.matcher(claimed.getFirst()).matches()) {
      return claimed.getFirst();
    }
    String hash = CanonicalRequest.sha256(message.body());
    if (!claimed.stream().allMatch(hash::equals)) {
      throw SIGNATURE_DOES_NOT_MATCH.error(
          "The value of 'x-amz-content-sha256' is not the SHA-256 of the request's body.");
    }
    return hash;
  }

  private static RuntimeException unsigned(String name) {
    return SIGNATURE_DOES_NOT_MATCH.error(
        "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(name));
  }
}
