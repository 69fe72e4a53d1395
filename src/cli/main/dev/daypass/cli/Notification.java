package dev.daypass.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Calls a person who looks elsewhere, as the terminal does that (OSC 9): where it is known to, and
/// the person wants to be told.
///
/// @see <a href="https://iterm2.com/documentation-escape-codes.html">Proprietary escape codes of
///   iTerm2</a>
record Notification(Surroundings around, Prose prose) {
  static Notification by(Prose prose) {
    return new Notification(Surroundings.here(), prose);
  }

  void send(String text) {
    if (prose.quiet() || !around.notifies()) {
      return;
    }
    try (var terminal = new FileOutputStream("/dev/tty")) {
      terminal.write(
          "\u001b]9;Daypass: %s\u0007"
              .formatted(Shown.line(text))
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // There is no terminal, and so nobody to call.
    }
  }
}
