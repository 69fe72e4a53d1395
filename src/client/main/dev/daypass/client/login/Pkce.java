package dev.daypass.client.login;

import dev.daypass.wire.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// What only this process knows of what it asked for (RFC 7636).
///
/// @param verifier 256 random bits, in Base64url
record Pkce(Secret verifier) {
  private static final int BYTES = 32;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  static Pkce next(SecureRandom random) {
    return new Pkce(Secret.of(random(random)));
  }

  /// 256 random bits, in Base64url.
  static String random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return BASE64URL.encodeToString(bytes);
  }

  /// Its SHA-256 hash, which the broker is told first.
  String challenge() {
    try {
      return BASE64URL.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.revealText().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
