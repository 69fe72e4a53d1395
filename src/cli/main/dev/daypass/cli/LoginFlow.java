package dev.daypass.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The ways to sign in.
enum LoginFlow {
  /// A browser on this computer, which is opened.
  BROWSER,
  /// The same, which the person opens.
  NO_BROWSER,
  /// A browser anywhere, and a code.
  DEVICE,
  /// Password and code at the terminal.
  TTY,
  /// The same, in windows.
  GUI,
  /// The same, from standard input.
  STDIN;

  /// As it is remembered.
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether password and code are typed here, and not into a browser.
  boolean typed() {
    return this == TTY || this == GUI || this == STDIN;
  }

  /// Absent for what is none.
  static Optional<LoginFlow> of(String key) {
    return Stream.of(values()).filter(flow -> flow.key().equals(key)).findFirst();
  }
}
