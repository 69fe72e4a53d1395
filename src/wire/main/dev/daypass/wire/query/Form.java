package dev.daypass.wire.query;

import dev.daypass.wire.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The parameters of a Query request, decoded. A name stands for one value: a request that says a
/// thing twice is refused, since two readers could believe two things.
public final class Form {
  /// More parameters than any AWS action can use.
  static final int MOST_PARAMETERS = 2_000;

  private static final int LONGEST_NAME = 256;

  private final NavigableMap<String, String> parameters;

  private Form(NavigableMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /// Reads `application/x-www-form-urlencoded` text, the form of bodies and of query strings. Fails
  /// with `MalformedQueryString` for bad escapes, bytes that are not UTF-8, duplicates, or too
  /// many.
  public static Form parse(String encoded) {
    String[] pairs = encoded.split("&", MOST_PARAMETERS + 1);
    if (pairs.length > MOST_PARAMETERS) {
      throw malformed("too many parameters");
    }
    NavigableMap<String, String> parameters = new TreeMap<>();
    Stream.of(pairs).filter(pair -> !pair.isEmpty()).forEach(pair -> add(parameters, pair));
    return new Form(parameters);
  }

  private static void add(NavigableMap<String, String> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (name.length() > LONGEST_NAME) {
      throw malformed("a parameter's name is too long");
    }
    if (parameters.put(name, value) != null) {
      throw malformed("parameter `" + name + "` is given more than once");
    }
  }

  /// The value of this name, if it was given.
  public Optional<String> find(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// Whether this name, or a part of the structure it names, was given. `Policy` does not stand for
  /// `PolicyArns.member.1.arn`.
  boolean has(String name) {
    if (parameters.containsKey(name)) {
      return true;
    }
    String next = parameters.ceilingKey(name + ".");
    return next != null && next.startsWith(name + ".");
  }

  /// The names that begin with `prefix`, in order.
  Stream<String> namesBelow(String prefix) {
    return parameters.tailMap(prefix).keySet().stream().takeWhile(name -> name.startsWith(prefix));
  }

  private static String decode(String encoded) {
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

  private static RuntimeException malformed(String why) {
    return ErrorCode.MALFORMED_QUERY_STRING.error(
        "The query string contains a syntax error: " + why);
  }
}
