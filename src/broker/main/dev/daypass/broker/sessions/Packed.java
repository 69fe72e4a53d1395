package dev.daypass.broker.sessions;

import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Text made small for a token: DEFLATE (RFC 1951), then Base64url. Only what the broker itself
/// signed is ever unpacked, and no more than could have been packed.
final class Packed {
  private static final int LONGEST = 200_000;

  private Packed() {}

  static String pack(String text) {
    return Base64URL.encode(deflate(text)).toString();
  }

  private static byte[] deflate(String text) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
      deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[1024];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    }
  }

  static String unpack(String packed) {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(new Base64URL(packed).decode());
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        if ((read == 0 && inflater.needsInput()) || text.size() > LONGEST) {
          throw new IllegalStateException("a packed text is cut short or too long");
        }
        text.write(buffer, 0, read);
      }
      return text.toString(StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      throw new IllegalStateException("a packed text does not unpack", e);
    }
  }
}
