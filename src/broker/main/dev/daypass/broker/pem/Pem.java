package dev.daypass.broker.pem;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One textual encoding of RFC 7468: what it says it is, and its bytes.
///
/// Read strictly: nothing but blanks may stand around it or in it. Usual readers skip what they do
/// not know, so that two of them see different things in one text; AWS refuses such a text too.
public record Pem(String label, byte[] content) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*+-----BEGIN ([A-Z0-9 ]{1,40})-----\\s++([A-Za-z0-9+/\\s]++={0,2}+)\\s*+-----END \\1-----\\s*+");

  private static final Pattern BLANKS = Pattern.compile("\\s++");

  /// The only one in a text; absent where the text is anything else.
  public static Optional<Pem> one(String text) {
    return several(text, 1).map(List::getFirst);
  }

  /// One or more, in order; absent where the text is anything else, or there are more than `most`.
  public static Optional<List<Pem>> several(String text, int most) {
    List<Pem> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (found.size() == most || !block.region(end, text.length()).lookingAt()) {
        return Optional.empty();
      }
      Optional<byte[]> content = decoded(block.group(2));
      if (content.isEmpty()) {
        return Optional.empty();
      }
      found.add(new Pem(block.group(1), content.get()));
      end = block.end();
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(found));
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(BLANKS.matcher(base64).replaceAll("")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// How bytes are written: lines of 64 characters.
  public static String write(String label, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
  }
}
