package dev.daypass.cli;

/// A reason to end, in one sentence, with its exit code.
final class Stop extends RuntimeException {
  private final int exitCode;

  Stop(int exitCode, String reason) {
    super(reason, null, false, false);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
