package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.Service;
import java.util.Optional;

/// How a call is written, and how it is answered.
sealed interface Protocol permits QueryProtocol, JsonProtocol, RestProtocol {
  /// The service that is called, where there is one of that name or version.
  Optional<Service> called();

  /// In whose words to answer, whether or not there is such a service.
  Service words();

  /// The name of the action; a refusal where the call has none.
  String action();

  /// The refusal for an action that there is not.
  ApiError unknown(String action);

  /// Reads the request; a refusal that tells everything wrong with it.
  <T> T read(Class<T> type);

  String contentType();

  /// The status of the answer to a call that was done.
  default int status(Action<?, ?> action) {
    return 200;
  }

  /// The body of the answer to a call that was done.
  String success(Action<?, ?> action, Object result, String callId);

  /// The status of the answer to a call that was refused.
  int status(ApiError refusal);

  /// The body of the answer to a call that was refused.
  String failure(ApiError refusal, String callId);
}
