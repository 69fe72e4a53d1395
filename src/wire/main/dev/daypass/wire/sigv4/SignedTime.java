package dev.daypass.wire.sigv4;

import static dev.daypass.wire.ErrorCode.INCOMPLETE_SIGNATURE;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;

/// Times in ISO 8601 basic format: `20150830T123600Z`.
final class SignedTime {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private SignedTime() {}

  static Instant parse(String text) {
    try {
      return LocalDateTime.parse(text, BASIC).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException _) {
      throw INCOMPLETE_SIGNATURE.error(
          "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
              .formatted(text));
    }
  }

  static String format(Instant instant) {
    return BASIC.format(instant.atOffset(ZoneOffset.UTC));
  }
}
