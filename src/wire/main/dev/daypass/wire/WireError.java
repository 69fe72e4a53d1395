package dev.daypass.wire;

/// An error as AWS's clients know it. What every service has is in [ErrorCode]; a service may have
/// errors of its own.
public interface WireError {
  /// The first status that is the server's fault.
  int FIRST_SERVER_FAULT = 500;

  /// The `Code` on the wire of the Query protocol, and in the audit trail.
  String wireName();

  /// The HTTP status in the Query protocol.
  int status();

  /// The `__type` on the wire of the JSON protocols.
  String jsonName();

  /// The `Type` on the wire: whose fault it is.
  default String type() {
    return status() < FIRST_SERVER_FAULT ? "Sender" : "Receiver";
  }

  /// The refusal with this code and message, to be thrown.
  default ApiError error(String message) {
    return new ApiError(this, message);
  }
}
