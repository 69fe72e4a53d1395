package dev.daypass.wire.ssooidc;

import dev.daypass.wire.WireError;
import java.util.Locale;

/// The errors of the service, which are those of OAuth (RFC 6749 §5.2, RFC 8628 §3.5, RFC 7591
/// §3.2.2) under AWS's names.
public enum SsoOidcError implements WireError {
  ACCESS_DENIED("AccessDeniedException", 400),
  AUTHORIZATION_PENDING("AuthorizationPendingException", 400),
  EXPIRED_TOKEN("ExpiredTokenException", 400),
  INVALID_CLIENT("InvalidClientException", 401),
  INVALID_CLIENT_METADATA("InvalidClientMetadataException", 400),
  INVALID_GRANT("InvalidGrantException", 400),
  INVALID_REDIRECT_URI("InvalidRedirectUriException", 400),
  INVALID_REQUEST("InvalidRequestException", 400),
  INVALID_SCOPE("InvalidScopeException", 400),
  SERVER_ERROR("InternalServerException", 500),
  SLOW_DOWN("SlowDownException", 400),
  UNAUTHORIZED_CLIENT("UnauthorizedClientException", 400),
  UNSUPPORTED_GRANT_TYPE("UnsupportedGrantTypeException", 400);

  private final String wireName;
  private final int status;

  SsoOidcError(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /// OAuth's name for it: `invalid_grant`.
  public String error() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String wireName() {
    return wireName;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String jsonName() {
    return wireName;
  }
}
