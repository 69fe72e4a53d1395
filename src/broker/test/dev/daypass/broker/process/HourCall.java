package dev.daypass.broker.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What became of one call of [HourCallers]' or of `hour/callers.py`, which write them line by
/// line.
///
/// @param kind of caller; [#SERVED] for what the sidecar was asked
/// @param began when, by a clock that is fast and right; in a line, in milliseconds since 1970
/// @param ended when there was an answer, or none any more
/// @param key the access key that it was made with or that was got, or `-`
/// @param outcome [#GOOD], or what went wrong
record HourCall(String kind, Instant began, Instant ended, String key, String outcome) {
  /// The credentials that the sidecar has, taken from it and checked.
  static final String SERVED = "served";

  /// A call of who asks the sidecar each time.
  static final String FRESH = "fresh";

  /// A call of an SDK, which asks again when it wants to.
  static final String CACHED = "cached";

  static final String GOOD = "ok";

  private static HourCall parse(String line) {
    String[] parts = line.split(" ", 5);
    return new HourCall(parts[0], instant(parts[1]), instant(parts[2]), parts[3], parts[4]);
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  /// Those in a file.
  static List<HourCall> in(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.map(HourCall::parse).toList();
    }
  }

  String line() {
    return "%s %d %d %s %s\n"
        .formatted(
            kind, began.toEpochMilli(), ended.toEpochMilli(), key, outcome.replaceAll("\\s+", " "));
  }

  boolean good() {
    return outcome.equals(GOOD);
  }

  /// Whether it was the sidecar that was asked.
  boolean ofSidecar() {
    return kind.equals(SERVED);
  }
}
