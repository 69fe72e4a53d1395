package dev.daypass.broker.pages;

/// JSON on many lines. It moves white space alone: no value is read, so none changes.
final class Layout {
  private static final String STEP = "  ";

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int depth;

  Layout(String text) {
    this.text = text;
  }

  String laidOut() {
    while (at < text.length()) {
      char next = text.charAt(at++);
      switch (next) {
        case '"' -> string();
        case '{', '[' -> open(next);
        case '}', ']' -> close(next);
        case ',' -> {
          out.append(next);
          line();
        }
        case ':' -> out.append(": ");
        default -> other(next);
      }
    }
    return out.toString();
  }

  private void string() {
    int begin = at - 1;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at = Math.min(at + 1, text.length());
    out.append(text, begin, at);
  }

  private void open(char bracket) {
    out.append(bracket);
    skipSpace();
    if (at < text.length() && "}]".indexOf(text.charAt(at)) >= 0) {
      out.append(text.charAt(at++));
      return;
    }
    depth++;
    line();
  }

  private void close(char bracket) {
    depth = Math.max(0, depth - 1);
    line();
    out.append(bracket);
  }

  private void other(char next) {
    if (!Character.isWhitespace(next)) {
      out.append(next);
    }
  }

  private void line() {
    out.append('\n').repeat(STEP, depth);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
