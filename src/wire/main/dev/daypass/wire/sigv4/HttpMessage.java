package dev.daypass.wire.sigv4;

import dev.daypass.wire.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An HTTP request as its bytes came in: path and query still encoded, headers in their order.
///
/// @param path the path without the query, such as `/`
/// @param query the query string without its question mark; empty when there is none
public record HttpMessage(
    String method, String path, String query, List<Header> headers, byte[] body) {
  /// One header field.
  public record Header(String name, String value) {}

  public HttpMessage {
    headers = List.copyOf(headers);
  }

  /// The path with its escapes undone, once, as those who route by it read it: what policies are to
  /// look at, since one character can be written in several ways. Fails with `ValidationError` for
  /// escapes that are none, or are no UTF-8.
  public String decodedPath() {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        decoded.write(hex(bytes, i + 1) << 4 | hex(bytes, i + 2));
        i += 2;
      } else {
        decoded.write(bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      throw unreadable();
    }
  }

  private static int hex(byte[] bytes, int at) {
    int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
    if (digit < 0) {
      throw unreadable();
    }
    return digit;
  }

  private static RuntimeException unreadable() {
    return ErrorCode.VALIDATION_ERROR.error("The path has an escape that is none.");
  }

  /// Every value of the header, in order.
  public Stream<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value);
  }

  /// The first value of the header.
  public Optional<String> header(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }
}
