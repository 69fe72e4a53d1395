package dev.daypass.cli;

/// What `daypass` exits with: small numbers, stable, documented in `daypass --help`.
final class ExitCode {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int SIGN_IN = 4;
  static final int DENIED = 5;
  static final int UNREACHABLE = 6;
  static final int STORE_UNAVAILABLE = 7;
  static final int CONFLICT = 8;

  /// As a shell says of a program that is there and cannot be run, and of one that is not.
  static final int CANNOT_RUN = 126;

  static final int CANNOT_START = 127;

  private ExitCode() {}
}
