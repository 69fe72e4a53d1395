package dev.daypass.cli;

import java.util.Map;
import java.util.TreeMap;

/// What `daypass doctor` has found out about one thing.
///
/// @param name stable, for programs
/// @param next what to do about it; empty where nothing is to be done
record Check(String name, Result result, String text, String next) {
  /// How it is.
  enum Result {
    OK,
    WARNING,
    FAILED
  }

  static Check ok(String name, String text) {
    return new Check(name, Result.OK, text, "");
  }

  static Check warning(String name, String text, String next) {
    return new Check(name, Result.WARNING, text, next);
  }

  static Check failed(String name, String text, String next) {
    return new Check(name, Result.FAILED, text, next);
  }

  Map<String, Object> told() {
    return new TreeMap<>(Map.of("name", name, "result", result.name(), "text", text, "next", next));
  }

  String line() {
    String mark =
        switch (result) {
          case OK -> "ok    ";
          case WARNING -> "warn  ";
          case FAILED -> "FAIL  ";
        };
    return mark + text + (next.isEmpty() ? "" : System.lineSeparator() + "      " + next);
  }
}
