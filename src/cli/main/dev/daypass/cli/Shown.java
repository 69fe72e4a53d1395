package dev.daypass.cli;

import org.jspecify.annotations.Nullable;

/// What others wrote, as a terminal may show it: one line, and nothing in it that would move the
/// cursor, change colours or hide what stands beside it.
final class Shown {
  private Shown() {}

  static String line(@Nullable Object text) {
    return String.valueOf(text).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ");
  }
}
