package dev.daypass.policy.lint;

import java.util.ArrayList;
import java.util.List;

/// Questions about patterns as text: `*` is any run of characters, `?` is one.
final class Wildcards {
  /// Going back and forth has to end, also where a pattern is made to prevent it.
  private static final int STEPS = 16;

  private static final String ANY = "*";
  private static final String ONE = "?";

  private Wildcards() {}

  /// Whether there is a wildcard in it; what stands in a variable is none.
  static boolean in(String text) {
    return tokens(text).stream().anyMatch(token -> token.equals(ANY) || token.equals(ONE));
  }

  static boolean isEverything(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '*');
  }

  /// Whether all that `narrow` matches is matched by `wide`. A variable is only like itself. True
  /// is always right; false can be wrong where both have several wildcards.
  static boolean covers(String wide, String narrow) {
    List<String> pattern = tokens(wide);
    List<String> text = tokens(narrow);
    int steps = STEPS * (pattern.size() + text.size() + STEPS);
    int at = 0;
    int token = 0;
    int star = -1;
    int resume = 0;
    while (at < text.size()) {
      if (steps-- == 0) {
        return false;
      }
      if (token < pattern.size() && pattern.get(token).equals(ANY)) {
        star = token++;
        resume = at;
      } else if (token < pattern.size() && takes(pattern.get(token), text.get(at))) {
        token++;
        at++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    return pattern.subList(token, pattern.size()).stream().allMatch(ANY::equals);
  }

  /// A question mark takes any one character, but not a run of them.
  private static boolean takes(String wide, String narrow) {
    return wide.equals(ONE) ? narrow.length() == 1 && !narrow.equals(ANY) : wide.equals(narrow);
  }

  /// Characters, and variables as wholes; question marks come before the star beside them.
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int lastBrace = text.lastIndexOf('}');
    for (int at = 0; at < text.length(); at += tokenLength(text, at, lastBrace)) {
      String token = text.substring(at, at + tokenLength(text, at, lastBrace));
      boolean star = !tokens.isEmpty() && tokens.getLast().equals(ANY);
      if (star && token.equals(ONE)) {
        tokens.add(tokens.size() - 1, ONE);
      } else if (!star || !token.equals(ANY)) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static int tokenLength(String text, int at, int lastBrace) {
    return text.startsWith("${", at) && at < lastBrace ? text.indexOf('}', at) + 1 - at : 1;
  }
}
