package dev.daypass.broker.requests;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/// Reads a request's body as bytes, and no further than a limit. Vert.x's own handler decodes forms
/// besides, by a parser that nobody here asks: signatures are over bytes, and forms are read by our
/// own codec, which takes nothing twice.
public final class Body implements Handler<RoutingContext> {
  /// What a route fails with where the body is longer (RFC 9110 §15.5.14).
  public static final int TOO_LARGE = 413;

  private static final int UNREADABLE = 400;
  private static final int EXPECTATION_FAILED = 417;
  private static final String KEY = Body.class.getName();
  private static final byte[] NOTHING = {};

  private final int most;

  private Body(int most) {
    this.most = most;
  }

  /// Fails a route with [#TOO_LARGE] where there is more.
  ///
  /// @param bytes the most there may be
  public static Body atMost(int bytes) {
    return new Body(bytes);
  }

  /// What was read.
  public static byte[] of(RoutingContext context) {
    byte[] body = context.get(KEY);
    return body == null ? NOTHING : body;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      context.next();
    } else if (announced(request) > most) {
      context.fail(TOO_LARGE);
    } else if (expectationMet(context)) {
      read(context, request);
    } else {
      context.fail(EXPECTATION_FAILED);
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  /// There is but one (RFC 9110 §10.1.1).
  private static boolean expectationMet(RoutingContext context) {
    String expected = context.request().getHeader(HttpHeaders.EXPECT);
    boolean waits = "100-continue".equalsIgnoreCase(expected);
    if (waits) {
      context.response().writeContinue();
    }
    return expected == null || waits;
  }

  private void read(RoutingContext context, HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    request
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > most) {
                request.handler(null).endHandler(null);
                context.fail(TOO_LARGE);
              } else {
                body.appendBuffer(chunk);
              }
            })
        .exceptionHandler(_ -> context.fail(UNREADABLE))
        .endHandler(
            _ -> {
              context.put(KEY, body.getBytes());
              context.next();
            })
        .resume();
  }
}
