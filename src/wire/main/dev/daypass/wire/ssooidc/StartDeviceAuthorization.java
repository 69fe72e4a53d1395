package dev.daypass.wire.ssooidc;

import dev.daypass.wire.Secret;

/// A tool without a browser asks for a code that a person types into one (RFC 8628 §3.1).
///
/// @param startUrl the portal that the tool believes in
/// @see <a
///   href="https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html">StartDeviceAuthorization</a>
public record StartDeviceAuthorization(String clientId, Secret clientSecret, String startUrl) {
  /// @param expiresIn seconds that there are to answer
  /// @param interval seconds to wait between two questions
  public record Result(
      Secret deviceCode,
      String userCode,
      String verificationUri,
      String verificationUriComplete,
      int expiresIn,
      int interval) {}
}
