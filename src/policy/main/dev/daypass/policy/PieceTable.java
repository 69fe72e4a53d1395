package dev.daypass.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks for many pieces of one length in a text at once. A piece is at most eight characters, of
/// which the low bytes make a number: two pieces of one number are one to it, and whom it finds is
/// asked anyway.
final class PieceTable {
  /// Spreads numbers over the slots (Knuth, The Art of Computer Programming 6.4).
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final int FINER = 2;

  private final int length;
  private final long mask;
  private final int shift;

  /// A bit for each of more slots than there are: small enough to be near, and mostly a no.
  private final long[] seen;

  private final long[] numbers;
  private final @Nullable Posting[] postings;

  PieceTable(int length, Map<String, Posting> pieces) {
    this.length = length;
    this.mask = -1L >>> Long.SIZE - length * Byte.SIZE;
    int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(4 * pieces.size()));
    this.shift = Long.SIZE - bits - FINER;
    this.numbers = new long[pieces.isEmpty() ? 0 : 1 << bits];
    this.seen = new long[Math.max(1, (numbers.length << FINER) / Long.SIZE)];
    this.postings = new Posting[numbers.length];
    pieces.forEach(this::put);
  }

  private void put(String piece, Posting posting) {
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << Byte.SIZE | piece.charAt(i) & 0xff;
    }
    int fine = fine(number);
    seen[fine >>> 6] |= 1L << fine;
    int slot = fine >>> FINER;
    while (postings[slot] != null && numbers[slot] != number) {
      slot = slot + 1 & numbers.length - 1;
    }
    Posting there = postings[slot];
    numbers[slot] = number;
    postings[slot] = there == null ? posting : new Posting.Both(there, posting);
  }

  private int fine(long number) {
    return (int) (number * SPREAD >>> shift);
  }

  /// Adds the statements of every piece that is in the text.
  void collect(String text, long[] bits) {
    if (numbers.length == 0) {
      return;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      number = number << Byte.SIZE | text.charAt(i) & 0xff;
      if (i >= length - 1) {
        int fine = fine(number & mask);
        if ((seen[fine >>> 6] & 1L << fine) != 0) {
          add(number & mask, fine >>> FINER, bits);
        }
      }
    }
  }

  private void add(long number, int from, long[] bits) {
    for (int slot = from; ; slot = slot + 1 & numbers.length - 1) {
      Posting posting = postings[slot];
      if (posting == null) {
        return;
      }
      if (numbers[slot] == number) {
        posting.addTo(bits);
        return;
      }
    }
  }
}
