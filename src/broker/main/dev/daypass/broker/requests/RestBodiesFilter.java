package dev.daypass.broker.requests;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// The bodies of what JAX-RS answers: it would read them itself, however many and slow they are.
@Singleton
public final class RestBodiesFilter {
  private static final int LONGEST_BODY = 1 << 20;

  /// After our own routes, which have limits of their own, and before those of JAX-RS.
  private static final int BEFORE_REST = 9_999;

  private final Bodies bodies;

  RestBodiesFilter(Bodies bodies) {
    this.bodies = bodies;
  }

  void routes(@Observes Router router) {
    router.route().order(BEFORE_REST).handler(bodies.atMost(LONGEST_BODY));
  }

  /// Hands over what was read.
  @ServerRequestFilter(preMatching = true)
  public void read(ContainerRequestContext request, RoutingContext context) {
    request.setEntityStream(new ByteArrayInputStream(Body.of(context)));
  }
}
