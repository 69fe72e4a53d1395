package dev.daypass.broker.embedded;

/// A reason not to start, in one sentence for the person at the terminal.
public final class StartRefused extends RuntimeException {
  StartRefused(String reason) {
    super(reason, null, false, false);
  }
}
