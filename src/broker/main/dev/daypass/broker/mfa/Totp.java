package dev.daypass.broker.mfa;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time passwords (RFC 6238): six digits, 30-second steps, HMAC-SHA-1, as every
/// authenticator app has them.
final class Totp {
  static final String ALGORITHM = "SHA1";
  static final int DIGITS = 6;
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final TimeBasedOneTimePasswordGenerator GENERATOR =
      new TimeBasedOneTimePasswordGenerator(STEP, DIGITS);

  private final SecretKeySpec key;

  /// @param seed the Base32 text that the app was given
  Totp(Secret seed) {
    key = new SecretKeySpec(Base32.decode(seed.revealText()), "RAW");
  }

  static long stepAt(Instant now) {
    return now.getEpochSecond() / STEP.toSeconds();
  }

  /// The newest step within `drift` steps of `now` whose code this is.
  OptionalLong stepOf(Secret code, Instant now, long drift) {
    long current = stepAt(now);
    // Every step is compared, so that the time taken tells nothing.
    return LongStream.rangeClosed(current - drift, current + drift)
        .filter(step -> isCodeOf(code, step))
        .max();
  }

  boolean isCodeOf(Secret code, long step) {
    byte[] expected = codeAt(step).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, code.reveal());
  }

  private String codeAt(long step) {
    try {
      return GENERATOR.generateOneTimePasswordString(
          key, Instant.ofEpochSecond(step * STEP.toSeconds()), Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a stored seed is no key", e);
    }
  }
}
