package dev.daypass.sidecar.address;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a Unix socket is: `unix:/run/user/1000/daypass.sock`.
public final class SocketPath {
  private static final String SCHEME = "unix:";

  private SocketPath() {}

  /// Absent for what is no such place; fails with [IllegalArgumentException] for one that cannot
  /// be.
  public static Optional<Path> parse(String text) {
    if (!text.startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(text.substring(SCHEME.length()));
      if (path.getFileName() != null && !path.toString().isEmpty()) {
        return Optional.of(path.toAbsolutePath().normalize());
      }
    } catch (InvalidPathException _) {
      // Nor is it one.
    }
    throw new IllegalArgumentException(
        "`%s` is no socket such as unix:/run/daypass.sock".formatted(text));
  }

  /// As it is written.
  public static String format(Path path) {
    return SCHEME + path;
  }
}
