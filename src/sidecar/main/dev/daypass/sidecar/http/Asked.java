package dev.daypass.sidecar.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request.
///
/// @param path the whole target as it was sent, with its query: nothing is decoded, and nothing
///   resolved; an absolute one, as for proxies, is no path that there is
/// @param headers by their names in lower case
record Asked(String method, String path, Map<String, List<String>> headers) {
  /// The one value of a header; absent where it has none, or several.
  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  boolean has(String name) {
    return headers.containsKey(name);
  }
}
