package dev.daypass.client.login;

import dev.daypass.client.RandomText;
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
  static Pkce next(SecureRandom random) {
    return new Pkce(Secret.of(RandomText.next(random)));
  }

  /// Its SHA-256 hash, which the broker is told first.
  String challenge() {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.revealText().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
