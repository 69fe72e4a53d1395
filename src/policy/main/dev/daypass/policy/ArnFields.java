package dev.daypass.policy;

import java.util.Locale;

/// An ARN and where its first five colons are; the sixth field keeps its own. All fields but the
/// last are in lower case. Text that is no ARN has fewer.
final class ArnFields {
  static final int LAST = 5;

  private final String text;
  private final int[] starts = new int[LAST + 1];
  private final boolean isArn;

  private ArnFields(String text) {
    int colon = -1;
    int found = 0;
    while (found < LAST && (colon = text.indexOf(':', colon + 1)) >= 0) {
      starts[++found] = colon + 1;
    }
    this.isArn = found == LAST;
    this.text = isArn ? lowerHead(text, starts[LAST]) : text;
  }

  static ArnFields of(String text) {
    return new ArnFields(text);
  }

  private static String lowerHead(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
      }
    }
    return text;
  }

  boolean isArn() {
    return isArn;
  }

  /// The whole, with all fields but the last in lower case.
  String text() {
    return text;
  }

  int start(int field) {
    return starts[field];
  }

  int end(int field) {
    return field == LAST ? text.length() : starts[field + 1] - 1;
  }

  boolean matches(int field, Glob glob) {
    return glob.matches(text, start(field), end(field));
  }
}
