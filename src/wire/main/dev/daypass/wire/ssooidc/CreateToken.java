package dev.daypass.wire.ssooidc;

import dev.daypass.wire.Secret;
import java.util.List;
import java.util.Optional;

/// A code or a refresh token for an access token (RFC 6749 §4.1.3 and §6, RFC 8628 §3.4).
///
/// @see <a
///   href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html">CreateToken</a>
public record CreateToken(
    String clientId,
    Secret clientSecret,
    String grantType,
    Optional<Secret> deviceCode,
    Optional<Secret> code,
    Optional<Secret> refreshToken,
    List<String> scope,
    Optional<String> redirectUri,
    Optional<Secret> codeVerifier) {

  /// @param tokenType `Bearer`
  /// @param expiresIn seconds
  public record Result(
      Secret accessToken, String tokenType, int expiresIn, Optional<Secret> refreshToken) {}
}
