package dev.daypass.broker.digests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4); of text in UTF-8.
public final class Sha256 {
  private Sha256() {}

  /// The 32 bytes.
  public static byte[] of(String text) {
    return begin().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /// For what comes piece by piece.
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The same as 43 characters of Base64url without padding: as PKCE has it (RFC 7636 §4.2).
  public static String base64Url(String text) {
    return Base64Url.encode(of(text));
  }

  /// The same, of bytes.
  public static String base64Url(byte[] bytes) {
    return Base64Url.encode(begin().digest(bytes));
  }
}
