package dev.daypass.broker.mfa;

import io.nayuki.qrcodegen.QrCode.Ecc;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A QR code as a black and white PNG (ISO/IEC 15948): one bit a pixel, no image library.
final class QrCode {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int PIXELS_PER_MODULE = 6;
  private static final int QUIET_MODULES = 4;

  private QrCode() {}

  static byte[] png(String text) {
    var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
    int size = (code.size + 2 * QUIET_MODULES) * PIXELS_PER_MODULE;
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13).putInt(size).putInt(size).put(new byte[] {1, 0, 0, 0, 0}).array();
    chunk(png, "IHDR", header);
    chunk(png, "IDAT", deflate(pixels(code, size)));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  /// Rows of bits, a one for white, each after a zero for "no filter".
  private static byte[] pixels(io.nayuki.qrcodegen.QrCode code, int size) {
    int stride = 1 + (size + 7) / 8;
    byte[] rows = new byte[stride * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        boolean black =
            code.getModule(
                x / PIXELS_PER_MODULE - QUIET_MODULES, y / PIXELS_PER_MODULE - QUIET_MODULES);
        if (!black) {
          rows[y * stride + 1 + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return rows;
  }

  private static byte[] deflate(byte[] bytes) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    png.writeBytes(name);
    png.writeBytes(content);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
