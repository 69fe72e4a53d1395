package dev.daypass.wire.query;

import dev.daypass.wire.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Parameters in the order they were sent, decoded. A name may come again.
public record Parameters(List<Parameter> all) {
  /// A name and what it stands for.
  public record Parameter(String name, String value) {}

  /// More parameters than any AWS action can use.
  static final int MOST = 2_000;

  private static final int LONGEST_NAME = 256;

  public Parameters {
    all = List.copyOf(all);
  }

  /// Reads `application/x-www-form-urlencoded` text, the form of bodies and of query strings. Fails
  /// with `MalformedQueryString` for bad escapes, bytes that are not UTF-8, or too many.
  public static Parameters parse(String encoded) {
    String[] pairs = encoded.split("&", MOST + 1);
    if (pairs.length > MOST) {
      throw malformed("too many parameters");
    }
    return new Parameters(
        Stream.of(pairs).filter(pair -> !pair.isEmpty()).map(Parameters::parameter).toList());
  }

  private static Parameter parameter(String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    if (name.length() > LONGEST_NAME) {
      throw malformed("a parameter's name is too long");
    }
    return new Parameter(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
  }

  /// The values of this name.
  public List<String> values(String name) {
    return all.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .toList();
  }

  private static String decode(String encoded) {
    if (isPlain(encoded)) {
      return encoded;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char next = encoded.charAt(i);
      if (next == '%') {
        bytes.write(hex(encoded, i + 1) << 4 | hex(encoded, i + 2));
        i += 2;
      } else if (next == '+') {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(next).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// Most values are as they are written.
  private static boolean isPlain(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char next = encoded.charAt(i);
      if (next == '%' || next == '+' || next > '~') {
        return false;
      }
    }
    return true;
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw malformed("a percent sign is not followed by two hexadecimal digits");
    }
    return digit;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException _) {
      throw malformed("a parameter is not UTF-8");
    }
  }

  static RuntimeException malformed(String why) {
    return ErrorCode.MALFORMED_QUERY_STRING.error(
        "The query string contains a syntax error: " + why);
  }
}
