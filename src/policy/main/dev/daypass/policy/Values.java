package dev.daypass.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the values that are not plain text. Each fails with `IllegalArgumentException` where the
/// text is none of its kind.
final class Values {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})");
  private static final Pattern EPOCH = Pattern.compile("\\d{1,18}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile(".*[+-]\\d{4}");
  private static final Pattern OFFSET = Pattern.compile(".*(Z|[+-]\\d{2}:\\d{2})");
  private static final int LONGEST_DATE = 48;

  private Values() {}

  static boolean bool(String text) {
    return maybeBool(text).orElseThrow(IllegalArgumentException::new);
  }

  static Optional<Boolean> maybeBool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  static BigDecimal number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("not a number");
    }
    return new BigDecimal(text);
  }

  /// A W3C date and time, or seconds since 1970. Digits alone are seconds. What is left out is the
  /// first instant there is, in UTC.
  ///
  /// @see <a href="https://www.w3.org/TR/NOTE-datetime">Date and Time Formats</a>
  static Instant date(String written) {
    if (written.length() > LONGEST_DATE) {
      throw new IllegalArgumentException("not a date");
    }
    try {
      return EPOCH.matcher(written).matches()
          ? Instant.ofEpochSecond(Long.parseLong(written))
          : w3c(written.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a date", e);
    }
  }

  private static Instant w3c(String text) {
    if (MONTH.matcher(text).matches()) {
      return YearMonth.parse(text).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (DAY.matcher(text).matches()) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (!text.contains("T")) {
      throw new IllegalArgumentException("not a date");
    }
    if (OFFSET_WITHOUT_COLON.matcher(text).matches()) {
      int end = text.length() - 2;
      return OffsetDateTime.parse(text.substring(0, end) + ":" + text.substring(end)).toInstant();
    }
    return OFFSET.matcher(text).matches()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
