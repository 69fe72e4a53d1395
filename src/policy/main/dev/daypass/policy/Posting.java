package dev.daypass.policy;

import java.util.Arrays;
import java.util.BitSet;

/// Some of a set's statements, as the smaller of their numbers and one bit for each of the set.
sealed interface Posting {
  /// Adds them to a set of bits.
  void addTo(long[] bits);

  static Posting of(BitSet statements, int words) {
    return statements.cardinality() > words
        ? new Bits(Arrays.copyOf(statements.toLongArray(), words))
        : new Numbers(statements.stream().toArray());
  }

  /// These and those.
  record Both(Posting these, Posting those) implements Posting {
    @Override
    public void addTo(long[] bits) {
      these.addTo(bits);
      those.addTo(bits);
    }
  }

  /// One bit for each statement of the set.
  record Bits(long[] words) implements Posting {
    @Override
    public void addTo(long[] bits) {
      for (int i = 0; i < words.length; i++) {
        bits[i] |= words[i];
      }
    }
  }

  /// The numbers of the statements.
  record Numbers(int[] numbers) implements Posting {
    @Override
    public void addTo(long[] bits) {
      for (int number : numbers) {
        bits[number / Long.SIZE] |= 1L << number;
      }
    }
  }
}
