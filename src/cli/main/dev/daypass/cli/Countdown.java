package dev.daypass.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says at the terminal, where there is one, that something is waited for, and for how long yet.
final class Countdown implements AutoCloseable {
  private static final String ERASE = "\r\u001b[K";

  private final @Nullable PrintStream terminal;
  private final String what;
  private final Clock clock;
  private final Instant end;
  private final Thread teller;

  /// @param what is waited for: "your browser"
  /// @param shown whether it is said at all
  Countdown(String what, Duration lasts, Clock clock, boolean shown) {
    this.terminal = shown ? terminal() : null;
    this.what = what;
    this.clock = clock;
    this.end = clock.instant().plus(lasts);
    this.teller = Thread.ofVirtual().unstarted(this::tell);
    if (terminal != null) {
      teller.start();
    }
  }

  private static @Nullable PrintStream terminal() {
    try {
      return new PrintStream(new FileOutputStream("/dev/tty"), true, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return null;
    }
  }

  private void tell() {
    PrintStream out = java.util.Objects.requireNonNull(terminal);
    try {
      while (true) {
        long left = Math.max(0, Duration.between(clock.instant(), end).toSeconds());
        out.printf(
            "%sWaiting for %s, %d:%02d left (Ctrl-C to stop) ", ERASE, what, left / 60, left % 60);
        Thread.sleep(Duration.ofSeconds(1));
      }
    } catch (InterruptedException _) {
      out.print(ERASE);
      out.flush();
    }
  }

  @Override
  public void close() {
    teller.interrupt();
    boolean interrupted = false;
    while (terminal != null && teller.isAlive()) {
      try {
        teller.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
