package dev.daypass.broker.requests;

import dev.daypass.broker.access.Origin;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonAnswer;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Calls of AWS's wire that no key signs: JSON in and out. Whatever comes of one, it is answered.
@Singleton
public final class UnsignedCalls {
  private static final int OK = 200;
  private static final int LONGEST_BODY = 16_384;

  private final Bodies bodies;
  private final Origins origins;

  UnsignedCalls(Origins origins, Bodies bodies) {
    this.bodies = bodies;
    this.origins = origins;
  }

  /// A request, with its body read.
  public record Call(RoutingContext context, Origin origin) {
    /// Empty where there is none.
    public byte[] body() {
      return Body.of(context);
    }

    /// As it was sent.
    public String query() {
      return Optional.ofNullable(context.request().query()).orElse("");
    }

    /// Every value of this header.
    public List<String> headers(String name) {
      return context.request().headers().getAll(name);
    }
  }

  /// What a client is told of a failure.
  ///
  /// @param type the error's name, for clients that read it in a header
  public record Refusal(int status, String type, String body) {}

  /// Answers a route.
  ///
  /// @param told what is said of a failure
  public void serve(
      Route route,
      Function<Call, ? extends Uni<? extends Record>> answer,
      BiFunction<Throwable, Origin, Refusal> told) {
    route
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(context -> handle(new Call(context, origins.of(context.request())), answer, told))
        .failureHandler(
            context ->
                refuse(context, told.apply(unreadable(context), origins.of(context.request()))));
  }

  private static ApiError unreadable(RoutingContext context) {
    return Body.unread(context)
        .orElse(ErrorCode.SERIALIZATION)
        .error("The request could not be read.");
  }

  private static void handle(
      Call call,
      Function<Call, ? extends Uni<? extends Record>> answer,
      BiFunction<Throwable, Origin, Refusal> told) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Uni.createFrom()
        .<Record>deferred(() -> answer.apply(call).map(Function.identity()))
        .subscribe()
        .with(
            result ->
                send(call.context(), OK, JsonAnswer.success(result, Naming.LOWER_CAMEL), Map.of()),
            failure -> refuse(call.context(), told.apply(failure, call.origin())));
  }

  private static void refuse(RoutingContext context, Refusal refusal) {
    send(context, refusal.status(), refusal.body(), Map.of("x-amzn-ErrorType", refusal.type()));
  }

  private static void send(
      RoutingContext context, int status, String body, Map<String, String> headers) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    headers.forEach(response::putHeader);
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body);
  }
}
