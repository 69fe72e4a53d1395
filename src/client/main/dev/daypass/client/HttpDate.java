package dev.daypass.client;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// The header `Date`, by which a client learns what time it is at the broker.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1">RFC 9110 §6.6.1</a>
public final class HttpDate {
  private HttpDate() {}

  /// Absent for what is no such date.
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
