package dev.daypass.client.sources;

import dev.daypass.client.sources.BrokerConnection.Answer;
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

  static Fetched of(Answer answer, String code, String message) {
    boolean passing =
        answer.status() >= FIRST_SERVER_FAULT
            || answer.status() == TOO_MANY_REQUESTS
            || PASSING.contains(code);
    return passing
        ? new Fetched.Away(code, message, answer.retryAfter())
        : new Fetched.Refused(code, message);
  }
}
