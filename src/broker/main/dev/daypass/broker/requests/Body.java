package dev.daypass.broker.requests;

import dev.daypass.wire.ErrorCode;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// Reads a request's body as bytes, and no further than a limit. Vert.x's own handler decodes forms
/// besides, by a parser that nobody here asks: signatures are over bytes, and forms are read by our
/// own codec, which takes nothing twice.
public final class Body implements Handler<RoutingContext> {
  /// What a route fails with where the body is longer (RFC 9110 §15.5.14).
  public static final int TOO_LARGE = 413;

  /// What it fails with where there is no room for it among the others.
  public static final int NO_ROOM = 503;

  /// What it fails with where it takes longer than [Bodies#patience()] (RFC 9110 §15.5.9).
  static final int TOO_SLOW = 408;

  static final int UNREADABLE = 400;
  private static final int EXPECTATION_FAILED = 417;
  private static final String KEY = Body.class.getName();
  private static final byte[] NOTHING = {};

  private final Bodies bodies;
  private final int most;

  Body(Bodies bodies, int most) {
    this.bodies = bodies;
    this.most = most;
  }

  /// What was read.
  public static byte[] of(RoutingContext context) {
    byte[] body = context.get(KEY);
    return body == null ? NOTHING : body;
  }

  static void read(RoutingContext context, byte[] body) {
    context.put(KEY, body);
  }

  /// Why a body was not read, where that is not the fault of how it was written.
  public static Optional<ErrorCode> unread(RoutingContext context) {
    return switch (context.statusCode()) {
      case TOO_LARGE -> Optional.of(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
      case NO_ROOM -> Optional.of(ErrorCode.SERVICE_UNAVAILABLE);
      case TOO_SLOW -> Optional.of(ErrorCode.REQUEST_TIMEOUT);
      default -> Optional.empty();
    };
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      context.next();
    } else if (announced(request) > most) {
      context.fail(TOO_LARGE);
    } else if (expectationMet(context)) {
      new Reading(context, bodies.begin(context), announced(request), most, bodies.patience())
          .begin();
    } else {
      context.fail(EXPECTATION_FAILED);
    }
  }

  /// How long it says that it is; 0 where it does not say.
  static long announced(HttpServerRequest request) {
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
}
