package dev.daypass.sidecar;

import java.time.DateTimeException;
import java.time.Duration;

/// Durations as people write them.
public final class Durations {
  private Durations() {}

  /// `15m`, `1h`, `1h30m`, or seconds; fails with [InvalidConfig].
  public static Duration parse(String text) {
    try {
      return text.matches("[0-9]{1,9}")
          ? Duration.ofSeconds(Long.parseLong(text))
          : Duration.parse("PT" + text);
    } catch (DateTimeException _) {
      throw new InvalidConfig("`%s` is not a time such as 15m or 1h".formatted(text));
    }
  }
}
