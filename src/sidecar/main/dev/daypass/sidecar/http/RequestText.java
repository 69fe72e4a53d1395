package dev.daypass.sidecar.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of an HTTP/1.1 request (RFC 9112 §2): all that a request for credentials has.
final class RequestText {
  private static final int LONGEST = 32_768;
  private static final int MOST_HEADERS = 50;
  private static final Pattern LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) HTTP/1\\.[01]");
  private static final Pattern HEADER =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x20-\\x7e\\t]*?)[ \\t]*");

  private RequestText() {}

  /// Absent for what is no request, or too long.
  static Optional<Asked> read(InputStream in) throws IOException {
    byte[] text = new byte[LONGEST];
    int length = 0;
    while (length < LONGEST && !ended(text, length)) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      text[length++] = (byte) next;
    }
    return ended(text, length)
        ? parsed(new String(text, 0, length - 4, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }

  private static boolean ended(byte[] text, int length) {
    return length >= 4
        && text[length - 4] == '\r'
        && text[length - 3] == '\n'
        && text[length - 2] == '\r'
        && text[length - 1] == '\n';
  }

  private static Optional<Asked> parsed(String head) {
    String[] lines = head.split("\r\n", -1);
    Matcher line = LINE.matcher(lines[0]);
    if (!line.matches() || lines.length - 1 > MOST_HEADERS) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      Matcher header = HEADER.matcher(lines[i]);
      if (!header.matches()) {
        return Optional.empty();
      }
      headers
          .computeIfAbsent(header.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.group(2));
    }
    return Optional.of(new Asked(line.group(1), line.group(2), headers));
  }
}
