package dev.daypass.broker.passkeys;

import java.security.SecureRandom;
import java.util.Base64;

/// Bytes as WebAuthn's JSON has them: Base64url without padding (RFC 4648 §5).
final class Base64Url {
  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// `IllegalArgumentException` for what is none.
  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /// As many random bytes.
  static String random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return encode(bytes);
  }
}
