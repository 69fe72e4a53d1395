package dev.daypass.wire.sigv4;

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

  /// Every value of the header, in order.
  public Stream<String> values(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value);
  }

  /// The first value of the header.
  public Optional<String> header(String name) {
    return values(name).findFirst();
  }
}
