package dev.daypass.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/// The id of an access key: `AKIA…` for long-term ones, `ASIA…` for sessions, 20 characters. The
/// account it belongs to can be read from it, in the way AWS encodes it.
public record AccessKeyId(String value) {
  /// What the ids of long-term keys begin with.
  public static final String LONG_TERM = "AKIA";

  /// What the ids of sessions begin with.
  public static final String SESSION = "ASIA";

  private static final int PREFIX_LENGTH = 4;
  private static final int ACCOUNT_SHIFT = 7;
  private static final long ACCOUNT_MASK = 0x7fff_ffff_ff80L;
  private static final long TOP_BIT = 0x8000_0000_0000L;
  private static final Constraint RULE = Constraint.of(16, 128, "[\\w]+");
  private static final Constraint OURS = Constraint.of(20, 20, "A[A-Z]IA[A-Z2-7]{16}");

  public AccessKeyId {
    RULE.check(value);
  }

  /// A new id of this account. 39 bits of it are random: unique enough to name a key, never a
  /// secret.
  public static AccessKeyId random(String prefix, String account, SecureRandom random) {
    long head =
        TOP_BIT | (Long.parseLong(account) << ACCOUNT_SHIFT) | random.nextInt(1 << ACCOUNT_SHIFT);
    byte[] bytes =
        ByteBuffer.allocate(10)
            .putShort((short) (head >> 32))
            .putInt((int) head)
            .putInt(random.nextInt())
            .array();
    return new AccessKeyId(prefix + Base32.encode(bytes));
  }

  /// The account this id was made for; absent where it was not made this way.
  public Optional<String> account() {
    try {
      OURS.check(value);
    } catch (ConstraintViolation _) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Base32.decode(value.substring(PREFIX_LENGTH)));
    long head = ((long) bytes.getShort() & 0xffff) << 32 | (bytes.getInt() & 0xffff_ffffL);
    return Optional.of("%012d".formatted((head & ACCOUNT_MASK) >> ACCOUNT_SHIFT));
  }

  /// Whether this names a session, which needs its token to be proven.
  public boolean temporary() {
    return value.startsWith(SESSION);
  }

  @Override
  public String toString() {
    return value;
  }
}
