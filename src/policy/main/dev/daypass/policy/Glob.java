package dev.daypass.policy;

import java.util.Arrays;

/// A pattern: `*` for any run of characters, also none; `?` for exactly one; every other character
/// for itself. Matching goes back to the last star only, so no pattern can make it slow beyond the
/// product of both lengths.
final class Glob {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] tokens;

  private Glob(int[] tokens) {
    this.tokens = tokens;
  }

  /// The pattern with this text.
  static Glob of(String pattern) {
    return new Builder().wild(pattern).build();
  }

  /// The pattern that matches this text and nothing else.
  static Glob literal(String text) {
    return new Builder().literal(text).build();
  }

  boolean matches(CharSequence text) {
    int at = 0;
    int token = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (token < tokens.length && tokens[token] == ANY) {
        star = token++;
        resume = at;
      } else if (token < tokens.length
          && (tokens[token] == ONE || tokens[token] == text.charAt(at))) {
        at += tokens[token] == ONE ? width(text, at) : 1;
        token++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY) {
      token++;
    }
    return token == tokens.length;
  }

  /// One character is one code point, even where Java needs two units for it.
  private static int width(CharSequence text, int at) {
    return Character.charCount(Character.codePointAt(text, at));
  }

  boolean matchesEverything() {
    return tokens.length > 0 && Arrays.stream(tokens).allMatch(token -> token == ANY);
  }

  /// Puts a pattern together from pieces that are patterns and pieces that are not.
  static final class Builder {
    private int[] tokens = new int[32];
    private int length;

    Builder wild(String text) {
      text.chars().forEach(c -> add(c == '*' ? ANY : c == '?' ? ONE : c));
      return this;
    }

    Builder literal(String text) {
      text.chars().forEach(this::add);
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
