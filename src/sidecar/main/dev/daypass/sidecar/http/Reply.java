package dev.daypass.sidecar.http;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// An answer, which is never empty.
record Reply(int status, String contentType, String body, Map<String, String> headers) {
  private static final int OK = 200;

  static Reply json(Map<String, ?> content) {
    return json(OK, content);
  }

  static Reply text(String body) {
    return new Reply(OK, "text/plain; charset=utf-8", body, Map.of());
  }

  static Reply error(int status, String code, String message) {
    return json(status, new TreeMap<>(Map.of("code", code, "message", message)));
  }

  static Reply json(int status, Map<String, ?> content) {
    try {
      return new Reply(status, "application/json", JSON.std.asString(content), Map.of());
    } catch (IOException e) {
      throw new AssertionError("a map can be written", e);
    }
  }

  /// All headers that it is sent with.
  Map<String, String> sent() {
    Map<String, String> all =
        new TreeMap<>(
            Map.of(
                "Content-Type", contentType,
                "Cache-Control", "no-store",
                "X-Content-Type-Options", "nosniff"));
    all.putAll(headers);
    return all;
  }

  Reply with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new Reply(status, contentType, body, all);
  }
}
