package dev.daypass.client.aws;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A section as it is written, or what stands before the first one.
///
/// @param name empty before the first one
/// @param header the line with the name
/// @param body the lines from there to the last that says something
/// @param rest blank lines and comments behind it, which may belong to what follows
record Section(String name, String header, String body, String rest) {
  String text() {
    return header + body + rest;
  }

  /// Its properties by their names in lower case. Lines that go on with one are not told.
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    Lines lines = new Lines();
    for (String line : Lines.of(body)) {
      String content = line.strip();
      int equals = content.indexOf('=');
      if (!Lines.silent(content) && !lines.continues(line) && equals > 0) {
        values.put(
            content.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            content.substring(equals + 1).strip());
      }
    }
    return values;
  }

  /// What is in it may be secret.
  @Override
  public String toString() {
    return "[" + name + "]";
  }
}
