package dev.daypass.wire.sigv4;

import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Signs requests with an access key: the caller's half of Signature Version 4.
///
/// @param sessionToken for temporary keys
public record RequestSigner(
    String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {
  /// The request with the headers that sign it. Everything it had is signed.
  ///
  /// @param message with its `Host` header
  public HttpMessage sign(HttpMessage message, String region, String service, Instant now) {
    Scope scope = UnsignedMessage.scope(now, region, service);
    List<Header> own =
        sessionToken.stream()
            .map(token -> new Header("x-amz-security-token", token.revealText()))
            .toList();
    UnsignedMessage unsigned = UnsignedMessage.of(message, own, now, scope);
    SigningKey key = SigningKey.derive(secretAccessKey, scope);
    return unsigned.signed(
        SignedClaim.ALGORITHM,
        accessKeyId,
        RelayedClaim.sign(key, unsigned.signedAt(), scope, unsigned.requestHash()));
  }
}
