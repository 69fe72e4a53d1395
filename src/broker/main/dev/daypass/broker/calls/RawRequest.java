package dev.daypass.broker.calls;

import dev.daypass.broker.requests.Body;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A request as its bytes came in, which is what a signature is over.
final class RawRequest {
  private static final int MOST_HEADERS = 100;
  private static final String HOST = "host";

  private RawRequest() {}

  /// Fails with `IncompleteSignature` where there are more headers than any client sends.
  static HttpMessage message(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.headers().size() > MOST_HEADERS) {
      throw ErrorCode.INCOMPLETE_SIGNATURE.error("The request has too many headers.");
    }
    List<HttpMessage.Header> headers = new ArrayList<>();
    request.headers().forEach((name, value) -> headers.add(new HttpMessage.Header(name, value)));
    if (!request.headers().contains(HOST) && request.authority() != null) {
      // HTTP/2 says the host in a pseudo-header (RFC 9113 §8.3.1); clients sign it as Host.
      headers.add(new HttpMessage.Header(HOST, request.authority().toString()));
    }
    return new HttpMessage(
        request.method().name(),
        Optional.ofNullable(request.path()).orElse("/"),
        Optional.ofNullable(request.query()).orElse(""),
        headers,
        Body.of(context));
  }
}
