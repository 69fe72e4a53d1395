package dev.daypass.wire.sigv4;

import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Signs requests with an access key: the caller's half of Signature Version 4.
///
/// @param sessionToken for temporary keys
public record RequestSigner(
    String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {
  /// The request with the headers that sign it. Everything it had is signed.
  ///
  /// @param message with its `Host` header
  public HttpMessage sign(HttpMessage message, String region, String service, Instant now) {
    String signedAt = SignedTime.format(now);
    Scope scope = new Scope(signedAt.substring(0, signedAt.indexOf('T')), region, service);
    String payload = CanonicalRequest.sha256(message.body());
    List<HttpMessage.Header> headers = new ArrayList<>(message.headers());
    headers.add(new HttpMessage.Header("x-amz-date", signedAt));
    headers.add(new HttpMessage.Header("x-amz-content-sha256", payload));
    sessionToken.ifPresent(
        token -> headers.add(new HttpMessage.Header("x-amz-security-token", token.revealText())));
    headers.add(
        new HttpMessage.Header(
            "authorization", authorization(with(message, headers), payload, signedAt, scope)));
    return with(message, headers);
  }

  private String authorization(HttpMessage dated, String payload, String signedAt, Scope scope) {
    List<String> names = names(dated.headers()).distinct().sorted().toList();
    String canonical =
        CanonicalRequest.of(dated, names, Authorization.SIGNATURE_PARAMETER, payload);
    String hash = CanonicalRequest.sha256(canonical.getBytes(StandardCharsets.UTF_8));
    SigningKey key = SigningKey.derive(secretAccessKey, scope);
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(
            SignedClaim.ALGORITHM,
            accessKeyId,
            scope,
            String.join(";", names),
            RelayedClaim.sign(key, signedAt, scope, hash));
  }

  private static Stream<String> names(List<HttpMessage.Header> headers) {
    return headers.stream().map(header -> header.name().toLowerCase(Locale.ROOT));
  }

  private static HttpMessage with(HttpMessage message, List<HttpMessage.Header> headers) {
    return new HttpMessage(
        message.method(), message.path(), message.query(), headers, message.body());
  }
}
