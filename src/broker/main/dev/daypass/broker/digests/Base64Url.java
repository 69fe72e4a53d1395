package dev.daypass.broker.digests;

import java.security.SecureRandom;
import java.util.Base64;

/// Bytes as text: Base64url without padding (RFC 4648 §5), as WebAuthn, JOSE and PKCE have it.
public final class Base64Url {
  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// `IllegalArgumentException` for what is none.
  public static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /// As many random bytes: what is not guessed, from 16 on.
  public static String random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return encode(bytes);
  }
}
