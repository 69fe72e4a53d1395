package dev.daypass.policy;

import java.util.Locale;

/// An ARN cut at its first five colons; the sixth field keeps its own. Text that is no ARN has
/// fewer.
record ArnFields(String[] fields) {
  private static final int COUNT = 6;

  static ArnFields of(String text) {
    String[] fields = text.split(":", COUNT);
    for (int i = 0; i < fields.length - 1; i++) {
      fields[i] = fields[i].toLowerCase(Locale.ROOT);
    }
    return new ArnFields(fields);
  }

  boolean isArn() {
    return fields.length == COUNT;
  }

  String field(int n) {
    return fields[n];
  }
}
