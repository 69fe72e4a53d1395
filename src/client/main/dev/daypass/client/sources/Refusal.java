package dev.daypass.client.sources;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Which answers are a no, and which only mean that it did not work this time.
final class Refusal {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int FIRST_SERVER_FAULT = 500;

  /// What AWS answers with the status of a client's fault, and is none.
  private static final Set<String> PASSING =
      Set.of(
          "Throttling",
          "ThrottlingException",
          "RequestLimitExceeded",
          "IDPCommunicationError",
          "RequestTimeTooSkewed");

  private Refusal() {}

  /// @param status of HTTP
  /// @param retryAfter what the broker asked for
  static Fetched of(int status, String code, String message, Optional<Duration> retryAfter) {
    boolean passing =
        status >= FIRST_SERVER_FAULT || status == TOO_MANY_REQUESTS || PASSING.contains(code);
    return passing
        ? new Fetched.Away(code, message, retryAfter)
        : new Fetched.Refused(code, message);
  }
}
