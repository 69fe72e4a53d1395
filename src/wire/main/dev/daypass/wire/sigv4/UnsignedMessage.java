package dev.daypass.wire.sigv4;

import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A request that has everything but its signature. All of it is signed.
///
/// @param dated with the headers that are signed
/// @param requestHash the SHA-256 of its canonical form
record UnsignedMessage(HttpMessage dated, String signedAt, Scope scope, String requestHash) {
  /// @param message with its `Host` header
  /// @param own the headers that say who signs
  static UnsignedMessage of(HttpMessage message, List<Header> own, Instant now, Scope scope) {
    String signedAt = SignedTime.format(now);
    String payload = CanonicalRequest.sha256(message.body());
    List<Header> headers = new ArrayList<>(message.headers());
    headers.add(new Header("x-amz-date", signedAt));
    headers.add(new Header("x-amz-content-sha256", payload));
    headers.addAll(own);
    HttpMessage dated = with(message, headers);
    String canonical =
        CanonicalRequest.of(dated, names(dated), Authorization.SIGNATURE_PARAMETER, payload);
    return new UnsignedMessage(
        dated,
        signedAt,
        scope,
        CanonicalRequest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
  }

  static Scope scope(Instant now, String region, String service) {
    String signedAt = SignedTime.format(now);
    return new Scope(signedAt.substring(0, signedAt.indexOf('T')), region, service);
  }

  /// What is signed.
  String text(String algorithm) {
    return String.join("\n", algorithm, signedAt, scope.toString(), requestHash);
  }

  /// The request with its signature.
  HttpMessage signed(String algorithm, String credential, String signature) {
    List<Header> headers = new ArrayList<>(dated.headers());
    headers.add(
        new Header(
            "authorization",
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    algorithm, credential, scope, String.join(";", names(dated)), signature)));
    return with(dated, headers);
  }

  private static List<String> names(HttpMessage message) {
    return message.headers().stream()
        .map(header -> header.name().toLowerCase(Locale.ROOT))
        .distinct()
        .sorted()
        .toList();
  }

  private static HttpMessage with(HttpMessage message, List<Header> headers) {
    return new HttpMessage(
        message.method(), message.path(), message.query(), headers, message.body());
  }
}
