package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.guards.ChangeFeed;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.Origins;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// What guards call, signed for the service `daypass`: `POST /guard/signing-key` is asked about one
/// signature, `GET /guard/changes?service=…` goes on for as long as the guard listens.
@Singleton
final class GuardEndpoint {
  private static final int LONGEST_BODY = 1 << 16;
  private static final int OK = 200;
  private static final String JSON = "application/json";

  private final Bodies bodies;
  private final GuardCalls calls;
  private final ChangeFeed feed;
  private final Changes changes;
  private final Vertx vertx;
  private final Origins origins;

  GuardEndpoint(
      GuardCalls calls,
      ChangeFeed feed,
      Changes changes,
      Vertx vertx,
      Origins origins,
      Bodies bodies) {
    this.bodies = bodies;
    this.calls = calls;
    this.feed = feed;
    this.changes = changes;
    this.vertx = vertx;
    this.origins = origins;
  }

  void routes(@Observes Router router) {
    router
        .post("/guard/signing-key")
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(context -> handle(context, this::signingKey, told -> send(context, OK, told)))
        .failureHandler(GuardEndpoint::refuseUnread);
    router
        .get("/guard/changes")
        .handler(bodies.atMost(0))
        .handler(context -> handle(context, this::listen, allowed -> open(context, allowed)))
        .failureHandler(GuardEndpoint::refuseUnread);
  }

  private Uni<ObjectNode> signingKey(RoutingContext context, Origin origin) {
    return calls.signingKey(RawRequest.message(context), origin);
  }

  private Uni<GuardCalls.Listening> listen(RoutingContext context, Origin origin) {
    return calls.listen(RawRequest.message(context), origin);
  }

  private <T> void handle(
      RoutingContext context, BiFunction<RoutingContext, Origin, Uni<T>> call, Consumer<T> answer) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(() -> call.apply(context, origin))
        .subscribe()
        .with(answer, failure -> refuse(context, Refusals.of(failure, origin.callId())));
  }

  private void open(RoutingContext context, GuardCalls.Listening allowed) {
    if (!new ChangeStream(context.response(), feed, changes, vertx).open(allowed)) {
      refuse(context, ErrorCode.SERVICE_UNAVAILABLE.error("Too many listen to this broker."));
    }
  }

  private static void refuseUnread(RoutingContext context) {
    ErrorCode code = Body.unread(context).orElse(ErrorCode.VALIDATION_ERROR);
    refuse(context, code.error("The request could not be read."));
  }

  private static void refuse(RoutingContext context, ApiError refusal) {
    send(
        context,
        refusal.code().status(),
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", refusal.code().wireName())
            .put("message", refusal.text()));
  }

  private static void send(RoutingContext context, int status, ObjectNode body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", JSON)
        .putHeader("Cache-Control", "no-store")
        .end(body.toString());
  }
}
