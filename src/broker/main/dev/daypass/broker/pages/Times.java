package dev.daypass.broker.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// When things were, as people read it.
final class Times {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  static String day(Instant time) {
    return DAY.format(time);
  }

  /// Of what is over within a day.
  static String today(Instant time) {
    return TODAY.format(time);
  }

  /// How long the longest session of a role is.
  static String lasts(Duration longest) {
    long hours = longest.toHours();
    return longest.toMinutesPart() == 0
        ? hours + (hours == 1 ? " hour" : " hours")
        : longest.toMinutes() + " minutes";
  }
}
