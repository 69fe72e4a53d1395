package dev.daypass.policy;

import java.util.Arrays;
import java.util.BitSet;

/// A pattern as tokens, read one character at a time: which of its places could be next after what
/// was read. `FIELD` tokens stay within one field of an ARN.
record Word(int[] tokens) {
  static final int ANY = -1;
  static final int ONE = -2;
  static final int ANY_IN_FIELD = -3;
  static final int ONE_IN_FIELD = -4;

  /// Puts a pattern together.
  static final class Builder {
    private int[] tokens = new int[32];
    private int length;

    Builder add(int token) {
      if (length == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * length);
      }
      tokens[length++] = token;
      return this;
    }

    Builder literal(String text) {
      text.chars().forEach(this::add);
      return this;
    }

    /// @param field whether wildcards stay within a field
    Builder wild(String text, boolean field) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        add(
            switch (c) {
              case '*' -> field ? ANY_IN_FIELD : ANY;
              case '?' -> field ? ONE_IN_FIELD : ONE;
              default -> c;
            });
      }
      return this;
    }

    Word build() {
      return new Word(Arrays.copyOf(tokens, length));
    }
  }

  /// Wildcards that cross everything.
  static Word glob(String text) {
    return new Builder().wild(text, false).build();
  }

  static Word literal(String text) {
    return new Builder().literal(text).build();
  }

  /// Text of this many fields, the last of which keeps its colons where `open`.
  static Word fields(int count, boolean open) {
    Builder fields = new Builder();
    for (int i = 1; i < count; i++) {
      fields.add(ANY_IN_FIELD).add(':');
    }
    return fields.add(open ? ANY : ANY_IN_FIELD).build();
  }

  BitSet start() {
    BitSet places = new BitSet();
    add(places, 0);
    return places;
  }

  BitSet next(BitSet places, char c) {
    BitSet after = new BitSet();
    for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
      if (place == tokens.length) {
        continue;
      }
      switch (tokens[place]) {
        case ANY -> add(after, place);
        case ANY_IN_FIELD -> {
          if (c != ':') {
            add(after, place);
          }
        }
        case ONE -> add(after, place + 1);
        case ONE_IN_FIELD -> {
          if (c != ':') {
            add(after, place + 1);
          }
        }
        default -> {
          if (tokens[place] == c) {
            add(after, place + 1);
          }
        }
      }
    }
    return after;
  }

  private void add(BitSet places, int place) {
    places.set(place);
    if (place < tokens.length && (tokens[place] == ANY || tokens[place] == ANY_IN_FIELD)) {
      add(places, place + 1);
    }
  }

  boolean accepts(BitSet places) {
    return places.get(tokens.length);
  }
}
