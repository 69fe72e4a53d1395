package dev.daypass.client;

import java.security.SecureRandom;
import java.util.Base64;

/// Text that nobody guesses.
public final class RandomText {
  private static final int BYTES = 32;

  private RandomText() {}

  /// 256 random bits, in Base64url: 43 characters.
  public static String next(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
