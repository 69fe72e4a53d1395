package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.wire.sigv4.HttpMessage;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The request that a proxy got, made again from what the proxy asks with.
///
/// @param bodySeen whether its body is there to be hashed
record ProxiedRequest(HttpMessage message, boolean bodySeen) {
  private static final String METHOD = "x-forwarded-method";
  private static final String URI = "x-forwarded-uri";
  private static final String HOST = "x-forwarded-host";
  private static final String BEARER = "bearer ";
  private static final String HASH = "x-amz-content-sha256";
  private static final Set<String> BODYLESS = Set.of("GET", "HEAD", "OPTIONS", "DELETE");
  private static final Set<String> ASKING =
      Set.of(METHOD, URI, HOST, "host", "content-length", "transfer-encoding", "connection");

  /// As nginx, Traefik and Caddy ask: the method, the URI and the host in headers of their own, and
  /// no body. What signatures are over of the body, somebody else has to look at.
  static ProxiedRequest forwarded(HttpMessage asked) {
    List<HttpMessage.Header> headers = new ArrayList<>();
    headers.add(new HttpMessage.Header("host", one(asked, HOST)));
    for (HttpMessage.Header header : asked.headers()) {
      if (!ASKING.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.add(header);
      }
    }
    return told(one(asked, METHOD), one(asked, URI), headers, new byte[0]);
  }

  /// As a proxy tells it in parts.
  ///
  /// @param uri the path and the query
  /// @param body empty where it was not told
  static ProxiedRequest told(
      String method, String uri, List<HttpMessage.Header> headers, byte[] body) {
    int question = uri.indexOf('?');
    HttpMessage message =
        new HttpMessage(
            method,
            question < 0 ? uri : uri.substring(0, question),
            question < 0 ? "" : uri.substring(question + 1),
            headers,
            body);
    return new ProxiedRequest(message, body.length > 0);
  }

  /// Fails with `ValidationError` where a signature may be over a body that nobody will compare:
  /// without the body, a request that may have one must say what was signed of it.
  void checkBody() {
    String method = message.method();
    if (!bodySeen && !BODYLESS.contains(method) && message.header(HASH).isEmpty()) {
      throw VALIDATION_ERROR.error(
          "Without its body, a %s must have a signed %s.".formatted(method, HASH));
    }
  }

  /// As Envoy asks: the request itself, below a prefix of the path, with its body if it is set to.
  static ProxiedRequest below(String prefix, HttpMessage asked) {
    HttpMessage message =
        new HttpMessage(
            asked.method(),
            asked.path().substring(prefix.length()),
            asked.query(),
            asked.headers(),
            asked.body());
    return new ProxiedRequest(message, asked.body().length > 0);
  }

  /// The token of RFC 6750 §2.1, where that is what it brings.
  Optional<String> bearer() {
    return message
        .header("authorization")
        .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(text -> text.substring(BEARER.length()).strip());
  }

  /// The client's address, as the proxy tells it in this header.
  static String address(HttpMessage message, String header) {
    try {
      return InetAddress.ofLiteral(one(message, header)).getHostAddress();
    } catch (IllegalArgumentException _) {
      throw VALIDATION_ERROR.error("The header %s is no address.".formatted(header));
    }
  }

  /// A proxy sets these; where there are two, one is not the proxy's.
  static String one(HttpMessage asked, String name) {
    List<String> values = asked.values(name).toList();
    if (values.size() != 1 || values.getFirst().isEmpty()) {
      throw VALIDATION_ERROR.error("The header %s must be there once.".formatted(name));
    }
    return values.getFirst();
  }
}
