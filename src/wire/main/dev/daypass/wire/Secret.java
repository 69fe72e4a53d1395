package dev.daypass.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/// Bytes nobody should see by accident: no `toString`, equality in constant time, and one method,
/// [#reveal()], that a reviewer can search for.
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A secret of a copy of these bytes.
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /// A secret of the UTF-8 form of this text.
  public static Secret of(String text) {
    return new Secret(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /// A copy of the bytes. Every caller of this is a place to review.
  public byte[] reveal() {
    return bytes.clone();
  }

  /// The bytes as UTF-8 text. Every caller of this is a place to review.
  public String revealText() {
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
