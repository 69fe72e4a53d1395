package dev.daypass.cli;

import io.nayuki.qrcodegen.QrCode;

/// A QR code that a terminal shows: two modules in each character.
final class QrText {
  /// The standard wants four; two are read everywhere, and leave more of the terminal.
  private static final int QUIET = 2;

  private QrText() {}

  /// @param colour whether black and white can be asked for; else the terminal's background is
  ///   taken for dark
  static String of(String text, boolean colour) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    StringBuilder drawn = new StringBuilder();
    for (int y = -QUIET; y < code.size + QUIET; y += 2) {
      drawn.append(colour ? "\u001b[97;40m" : "");
      for (int x = -QUIET; x < code.size + QUIET; x++) {
        boolean under = y + 1 < code.size + QUIET && !code.getModule(x, y + 1);
        drawn.append(half(!code.getModule(x, y), under));
      }
      drawn.append(colour ? "\u001b[0m\n" : "\n");
    }
    return drawn.toString();
  }

  private static char half(boolean lightAbove, boolean lightBelow) {
    if (lightAbove) {
      return lightBelow ? '█' : '▀';
    }
    return lightBelow ? '▄' : ' ';
  }
}
