package dev.daypass.wire;

import java.time.Instant;

/// A time that travels as text, `2026-11-25T12:00:00Z`, where JSON services usually have numbers.
///
/// @see <a href="https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait">The
///   timestampFormat trait</a>
public record DateTime(String value) {
  /// The text of an instant.
  public static DateTime of(Instant instant) {
    return new DateTime(instant.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
