package dev.daypass.broker.digests;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 of text in UTF-8 (FIPS 180-4).
public final class Sha256 {
  private Sha256() {}

  /// The 32 bytes.
  public static byte[] of(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The same as 43 characters of Base64url without padding: as PKCE has it (RFC 7636 §4.2).
  public static String base64Url(String text) {
    return Base64Url.encode(of(text));
  }
}
