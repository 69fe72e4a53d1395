package dev.daypass.broker.logingrants;

import java.util.Optional;
import java.util.regex.Pattern;

/// An address on the computer that a browser runs on, where a tool waits (RFC 8252 §7.3).
///
/// @param host scheme and name: `http://127.0.0.1`
/// @param port up to 65535; tools choose one as they go
/// @param path empty, or from its slash on; without a query
public record Loopback(String host, Optional<Integer> port, String path) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(http://(?:127\\.0\\.0\\.1|localhost|\\[::1]))(?::([0-9]{1,5}))?(/[A-Za-z0-9._~/-]{0,100})?");
  private static final int HIGHEST_PORT = 65_535;

  /// Absent for an address anywhere else.
  public static Optional<Loopback> of(String uri) {
    var matcher = ADDRESS.matcher(uri);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Integer> port = Optional.ofNullable(matcher.group(2)).map(Integer::valueOf);
    String path = Optional.ofNullable(matcher.group(3)).orElse("");
    return Optional.of(new Loopback(matcher.group(1), port, path))
        .filter(is -> port.orElse(0) <= HIGHEST_PORT);
  }

  /// The same address whatever the port.
  public String portless() {
    return host + path;
  }
}
