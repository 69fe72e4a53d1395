package dev.daypass.cli;

import java.io.IOException;
import java.io.Reader;

/// What somebody presses.
sealed interface Key {
  record Letter(char letter) implements Key {}

  /// One that is no letter.
  enum Named implements Key {
    UP,
    DOWN,
    ENTER,
    ERASE,
    CLEAR,
    CANCEL,
    /// Nothing to do with picking.
    OTHER
  }

  int ESCAPE = 27;

  /// How long the rest of a key that sends more than one character may take.
  int PATIENCE_MILLIS = 50;

  /// The next one; [Named#CANCEL] where there is nobody any more.
  static Key next(Reader in) throws IOException, InterruptedException {
    int read = in.read();
    return switch (read) {
      case -1, 3, 4, 7 -> Named.CANCEL;
      case '\r', '\n' -> Named.ENTER;
      case 8, 127 -> Named.ERASE;
      case 21, 23 -> Named.CLEAR;
      case 14 -> Named.DOWN;
      case 16 -> Named.UP;
      case ESCAPE -> escaped(in);
      default -> Character.isISOControl(read) ? Named.OTHER : new Letter((char) read);
    };
  }

  /// An arrow sends ESC, `[` or `O`, and a letter; ESC by itself sends nothing more.
  private static Key escaped(Reader in) throws IOException, InterruptedException {
    if (!follows(in)) {
      return Named.CANCEL;
    }
    int kind = in.read();
    if (kind != '[' && kind != 'O') {
      return Named.OTHER;
    }
    int last = in.read();
    while (last >= 0x20 && last < 0x40) {
      last = in.read();
    }
    return switch (last) {
      case 'A' -> Named.UP;
      case 'B' -> Named.DOWN;
      default -> Named.OTHER;
    };
  }

  private static boolean follows(Reader in) throws IOException, InterruptedException {
    for (int waited = 0; !in.ready(); waited += 5) {
      if (waited >= PATIENCE_MILLIS) {
        return false;
      }
      Thread.sleep(5);
    }
    return true;
  }
}
