package dev.daypass.wire.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The one form of a request that both sides sign.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request">Create
///   a canonical request</a>
final class CanonicalRequest {
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private CanonicalRequest() {}

  /// @param signedHeaders the names, in lower case and sorted
  /// @param withoutParameter the query parameter that is not signed: the signature itself
  /// @param payload the SHA-256 of the body, or what is signed in its place
  static String of(
      HttpMessage message, List<String> signedHeaders, String withoutParameter, String payload) {
    return String.join(
        "\n",
        message.method(),
        path(message.path()),
        query(message.query(), withoutParameter),
        headers(message, signedHeaders),
        String.join(";", signedHeaders),
        payload);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Dot segments are resolved and the path, encoded once by the client, is encoded again.
  private static String path(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/")) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    String end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
    return "/"
        + segments.stream()
            .map(segment -> encode(segment.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.joining("/"))
        + end;
  }

  private static String query(String query, String withoutParameter) {
    record Parameter(String name, String value) {}
    return Stream.of(query.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .map(pair -> new Parameter(recode(pair[0]), pair.length < 2 ? "" : recode(pair[1])))
        .filter(parameter -> !parameter.name().equals(withoutParameter))
        .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
        .map(parameter -> parameter.name() + "=" + parameter.value())
        .collect(Collectors.joining("&"));
  }

  private static String headers(HttpMessage message, List<String> signedHeaders) {
    List<String> lines = new ArrayList<>();
    for (String name : signedHeaders) {
      String value =
          message.values(name).map(CanonicalRequest::collapse).collect(Collectors.joining(","));
      lines.add(name + ":" + value + "\n");
    }
    return String.join("", lines);
  }

  /// Runs of blanks become one; blanks around the value go.
  private static String collapse(String value) {
    StringBuilder collapsed = new StringBuilder(value.length());
    for (char next : value.strip().toCharArray()) {
      boolean blank = next == ' ' || next == '\t';
      if (!blank) {
        collapsed.append(next);
      } else if (collapsed.charAt(collapsed.length() - 1) != ' ') {
        collapsed.append(' ');
      }
    }
    return collapsed.toString();
  }

  /// The same text, encoded the one way AWS does: everything but unreserved characters (RFC 3986
  /// §2.3).
  static String recode(String encoded) {
    byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      boolean escape =
          raw[i] == '%'
              && i + 2 < raw.length
              && HexFormat.isHexDigit(raw[i + 1])
              && HexFormat.isHexDigit(raw[i + 2]);
      if (escape) {
        bytes.write(HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2]));
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return encode(bytes.toByteArray());
  }

  private static String encode(byte[] bytes) {
    StringBuilder encoded = new StringBuilder(bytes.length);
    for (byte next : bytes) {
      if (isUnreserved(next)) {
        encoded.append((char) next);
      } else {
        encoded.append('%').append(UPPER.toHexDigits(next));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
