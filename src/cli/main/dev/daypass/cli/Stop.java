package dev.daypass.cli;

import java.util.Optional;

/// A reason to end, in one sentence, with its exit code.
final class Stop extends RuntimeException {
  private final int exitCode;
  private final Optional<String> next;

  Stop(int exitCode, String reason) {
    this(exitCode, reason, Optional.empty());
  }

  /// @param next the command that mends it
  Stop(int exitCode, String reason, String next) {
    this(exitCode, reason, Optional.of(next));
  }

  private Stop(int exitCode, String reason, Optional<String> next) {
    super(reason, null, false, false);
    this.exitCode = exitCode;
    this.next = next;
  }

  int exitCode() {
    return exitCode;
  }

  /// The command that mends it.
  Optional<String> next() {
    return next;
  }
}
