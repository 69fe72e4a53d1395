package dev.daypass.client.sources;

import dev.daypass.client.Credentials;
import java.time.Duration;
import java.util.Optional;

/// What came of asking for credentials.
public sealed interface Fetched {
  record Fresh(Credentials credentials) implements Fetched {}

  /// There are none now, and asking again in the same way is likely to help.
  ///
  /// @param retryAfter the least that the broker wants to be left alone for
  record Away(String code, String message, Optional<Duration> retryAfter) implements Fetched {
    public Away(String code, String message) {
      this(code, message, Optional.empty());
    }
  }

  /// The broker said no. Somebody has to change something first.
  record Refused(String code, String message) implements Fetched {}
}
