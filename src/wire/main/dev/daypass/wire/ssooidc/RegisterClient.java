package dev.daypass.wire.ssooidc;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Secret;
import java.util.List;

/// A tool says what it is (RFC 7591).
///
/// @param clientType `public`, as all tools are that cannot keep a secret
/// @param scopes absent for a tool that wants no refresh tokens
/// @see <a
///   href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html">RegisterClient</a>
public record RegisterClient(
    String clientName,
    String clientType,
    @AtMost(10) List<String> scopes,
    @AtMost(10) List<String> redirectUris,
    @AtMost(10) List<String> grantTypes) {

  /// Times are seconds since 1970.
  public record Result(
      String clientId,
      Secret clientSecret,
      long clientIdIssuedAt,
      long clientSecretExpiresAt,
      String authorizationEndpoint,
      String tokenEndpoint) {}
}
