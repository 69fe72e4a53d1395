package dev.daypass.wire;

import java.util.Base64;

/// Bytes that travel as Base64.
public final class Blob {
  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Blob of(byte[] bytes) {
    return new Blob(bytes.clone());
  }

  static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new ConstraintViolation("Member must be valid Base64");
    }
  }

  /// Reads the form on the wire; [ConstraintViolation] where it is not Base64.
  public static Blob fromBase64(String base64) {
    return new Blob(decode(base64));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /// The form on the wire.
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
