package dev.daypass.broker.requests;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/// The bodies of what JAX-RS answers, which reads them itself: room for all of one is taken before,
/// and for the longest there may be where it does not say how long it is.
@Singleton
public final class RestBodies {
  private static final int LONGEST_BODY = 1 << 20;

  /// After our own routes, which read their bodies, and before those of JAX-RS.
  private static final int BEFORE_REST = 9_999;

  private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Bodies bodies;

  RestBodies(Bodies bodies) {
    this.bodies = bodies;
  }

  void routes(@Observes Router router) {
    router.route().order(BEFORE_REST).handler(this::takeRoom);
  }

  void takeRoom(RoutingContext context) {
    long length = length(context.request());
    if (length == 0) {
      context.next();
    } else if (length > LONGEST_BODY) {
      context.fail(Body.TOO_LARGE);
    } else {
      takeRoom(context, bodies.begin(context), (int) length);
    }
  }

  private void takeRoom(RoutingContext context, Bodies.Holding holding, int length) {
    if (holding.take(length)) {
      bodies.resetWhereSlow(context, holding);
      context.next();
    } else {
      context.fail(Body.NO_ROOM);
    }
  }

  private static long length(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH) || !mayHaveBody(request)
        ? Body.announced(request)
        : LONGEST_BODY;
  }

  /// What is in frames of a GET is read by nobody, and stays within the window of its connection.
  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? !WITHOUT_BODY.contains(request.method())
        : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }
}
