package dev.daypass.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A pattern: `*` for any run of characters, also none; `?` for exactly one; every other character
/// for itself. What stands before the first and after the last wildcard is compared at once;
/// between them matching goes back to the last star only, so no pattern can make it slow beyond the
/// product of both lengths.
final class Glob {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] tokens;
  private final String prefix;
  private final String suffix;
  private final int middleEnd;

  private Glob(int[] tokens) {
    this.tokens = tokens;
    int first = 0;
    while (first < tokens.length && tokens[first] >= 0) {
      first++;
    }
    int last = tokens.length;
    while (last > first && tokens[last - 1] >= 0) {
      last--;
    }
    this.prefix = text(0, first);
    this.suffix = text(last, tokens.length);
    this.middleEnd = last;
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append((char) tokens[i]);
    }
    return text.toString();
  }

  /// The pattern with this text.
  static Glob of(String pattern) {
    return new Builder().wild(pattern).build();
  }

  /// The pattern that matches this text and nothing else.
  static Glob literal(String text) {
    return new Builder().literal(text).build();
  }

  boolean matches(String text) {
    return matches(text, 0, text.length());
  }

  /// Whether it matches what stands in `text` from `from` (inclusive) to `to` (exclusive).
  boolean matches(String text, int from, int to) {
    int start = from + prefix.length();
    int end = to - suffix.length();
    if (start > end || !text.startsWith(prefix, from)) {
      return false;
    }
    if (isLiteral()) {
      return start == to;
    }
    if (!text.startsWith(suffix, end)) {
      return false;
    }
    return middleEnd - prefix.length() == 1 && tokens[prefix.length()] == ANY
        || middleMatches(text, start, end);
  }

  private boolean middleMatches(String text, int from, int to) {
    int at = from;
    int token = prefix.length();
    int star = -1;
    int resume = from;
    while (at < to) {
      if (token < middleEnd && tokens[token] == ANY) {
        star = token++;
        resume = at;
      } else if (token < middleEnd && (tokens[token] == ONE || tokens[token] == text.charAt(at))) {
        at += tokens[token] == ONE ? width(text, at, to) : 1;
        token++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (token < middleEnd && tokens[token] == ANY) {
      token++;
    }
    return token == middleEnd;
  }

  /// One character is one code point, even where Java needs two units for it.
  private static int width(String text, int at, int to) {
    return Math.min(Character.charCount(text.codePointAt(at)), to - at);
  }

  boolean isLiteral() {
    return prefix.length() == tokens.length;
  }

  /// The text before the first wildcard.
  String prefix() {
    return prefix;
  }

  boolean matchesEverything() {
    return tokens.length > 0 && Arrays.stream(tokens).allMatch(token -> token == ANY);
  }

  /// The runs of characters between its wildcards: whatever it matches has all of them.
  List<String> literals() {
    List<String> literals = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= tokens.length; i++) {
      if (i == tokens.length || tokens[i] < 0) {
        if (i > from) {
          literals.add(text(from, i));
        }
        from = i + 1;
      }
    }
    return literals;
  }

  /// Puts a pattern together from pieces that are patterns and pieces that are not.
  static final class Builder {
    private int[] tokens = new int[32];
    private int length;

    Builder wild(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        add(c == '*' ? ANY : c == '?' ? ONE : c);
      }
      return this;
    }

    Builder literal(String text) {
      for (int i = 0; i < text.length(); i++) {
        add(text.charAt(i));
      }
      return this;
    }

    /// Any run of characters.
    Builder any() {
      add(ANY);
      return this;
    }

    Builder append(Glob glob) {
      for (int token : glob.tokens) {
        add(token);
      }
      return this;
    }

    private void add(int token) {
      if (token == ANY && length > 0 && tokens[length - 1] == ANY) {
        return;
      }
      if (length == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * length);
      }
      tokens[length++] = token;
    }

    Glob build() {
      return new Glob(Arrays.copyOf(tokens, length));
    }
  }
}
