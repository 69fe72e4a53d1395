package dev.daypass.broker.awslogin;

import dev.daypass.wire.WireError;

/// Why a tool gets no credentials, in the words that AWS's tools act on.
public final class LoginRefused extends RuntimeException {
  /// What the tool makes of it.
  enum Code implements WireError {
    /// The sign-in has run out: sign in again.
    TOKEN_EXPIRED("AccessDeniedException", 403),
    /// The code was used, or is too old: sign in again.
    AUTHCODE_EXPIRED("AccessDeniedException", 403),
    /// The sign-in was ended, by a new password or otherwise: sign in again.
    USER_CREDENTIALS_CHANGED("AccessDeniedException", 403),
    /// The role cannot be had any more.
    INSUFFICIENT_PERMISSIONS("AccessDeniedException", 403),
    /// The request is not as it must be.
    INVALID_REQUEST("ValidationException", 400),
    /// The same, too often or too soon.
    TOO_SOON("TooManyRequestsError", 429),
    SERVER_ERROR("InternalServerException", 500);

    private final String wireName;
    private final int status;

    Code(String wireName, int status) {
      this.wireName = wireName;
      this.status = status;
    }

    /// As AWS's model has it.
    String error() {
      return switch (this) {
        case TOO_SOON -> "INVALID_REQUEST";
        case SERVER_ERROR -> "server_error";
        default -> name();
      };
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

  private final Code code;

  LoginRefused(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  Code code() {
    return code;
  }

  /// For the tool's user to read.
  String text() {
    return String.valueOf(getMessage());
  }
}
