package dev.daypass.bench;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// The yardstick: reads the same request and answers a fixed document of the same kind.
@Singleton
final class BareRoute {
  private static final String ANSWER = "<Answer>" + "x".repeat(600) + "</Answer>";

  void routes(@Observes Router router) {
    router
        .post("/")
        .handler(BodyHandler.create(false))
        .handler(context -> context.response().putHeader("Content-Type", "text/xml").end(ANSWER));
  }
}
