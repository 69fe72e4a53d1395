package dev.daypass.broker.database;

import java.security.SecureRandom;
import java.util.UUID;

/// Ids that lie in an index in the order in which they were made: what is written next stands
/// beside what was written last, however large the index is. They tell when they were made, and 74
/// of their bits are random.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562 §5.7, UUID version
///   7</a>
public final class OrderedIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private OrderedIds() {}

  /// One that nobody has.
  public static UUID next() {
    long high = System.currentTimeMillis() << 16 | VERSION | RANDOM.nextInt(1 << 12);
    return new UUID(high, VARIANT | RANDOM.nextLong() >>> 2);
  }
}
