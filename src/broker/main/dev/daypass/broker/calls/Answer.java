package dev.daypass.broker.calls;

import dev.daypass.broker.refusals.Refusals;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Service;
import dev.daypass.wire.query.XmlAnswer;
import java.util.Optional;

/// What goes back.
///
/// @param refusal why the call was not done, where it was not
/// @param explanation sealed, for DecodeAuthorizationMessage, where policies refused
record Answer(int status, String body, Optional<ApiError> refusal, Optional<String> explanation) {
  static Answer success(Action<?, ?> action, Object result, String callId) {
    String body = XmlAnswer.success(action.service(), action.name(), result, callId);
    return new Answer(200, body, Optional.empty(), Optional.empty());
  }

  /// An expected refusal says what it is; anything else says nothing about our insides.
  static Answer failure(Service service, Throwable failure, String callId) {
    ApiError refusal = Refusals.of(failure, callId);
    return new Answer(
        refusal.code().status(),
        XmlAnswer.failure(service, refusal, callId),
        Optional.of(refusal),
        Optional.empty());
  }

  /// The same, with the sealed explanation of the refusal.
  Answer explained(String text) {
    return new Answer(status, body, refusal, Optional.of(text));
  }
}
