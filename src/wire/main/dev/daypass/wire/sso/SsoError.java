package dev.daypass.wire.sso;

import dev.daypass.wire.WireError;

/// The errors of the portal.
public enum SsoError implements WireError {
  /// A role that the caller cannot have. It is in no model, but what AWS says.
  FORBIDDEN("ForbiddenException", 403),
  INVALID_REQUEST("InvalidRequestException", 400),
  TOO_MANY_REQUESTS("TooManyRequestsException", 429),
  UNAUTHORIZED("UnauthorizedException", 401);

  private final String wireName;
  private final int status;

  SsoError(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
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
