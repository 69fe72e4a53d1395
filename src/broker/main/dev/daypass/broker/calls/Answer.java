package dev.daypass.broker.calls;

import dev.daypass.broker.refusals.Refusals;
import dev.daypass.wire.ApiError;
import java.util.Optional;

/// What goes back.
///
/// @param refusal why the call was not done, where it was not
/// @param explanation sealed, for DecodeAuthorizationMessage, where policies refused
record Answer(
    int status,
    String contentType,
    String body,
    Optional<ApiError> refusal,
    Optional<String> explanation) {
  static Answer success(Protocol protocol, Action<?, ?> action, Object result, String callId) {
    String body = protocol.success(action, result, callId);
    return new Answer(
        protocol.status(action), protocol.contentType(), body, Optional.empty(), Optional.empty());
  }

  /// An expected refusal says what it is; anything else says nothing about our insides.
  static Answer failure(Protocol protocol, Throwable failure, String callId) {
    ApiError refusal = Refusals.of(failure, callId);
    return new Answer(
        protocol.status(refusal),
        protocol.contentType(),
        protocol.failure(refusal, callId),
        Optional.of(refusal),
        Optional.empty());
  }

  /// The same, with the sealed explanation of the refusal.
  Answer explained(String text) {
    return new Answer(status, contentType, body, refusal, Optional.of(text));
  }
}
