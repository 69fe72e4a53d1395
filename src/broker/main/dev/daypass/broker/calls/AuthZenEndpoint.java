package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.calls.AuthZen.Asked;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.Origins;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Service;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SignedService;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/// The decision point over AuthZEN's wire, for callers that sign for the service `daypass`.
///
/// @see <a href="https://openid.net/specs/authorization-api-1_0.html">Authorization API 1.0</a>
@Singleton
final class AuthZenEndpoint {
  private static final String EVALUATION = "/access/v1/evaluation";
  private static final String EVALUATIONS = "/access/v1/evaluations";
  private static final String REQUEST_ID = "X-Request-ID";
  private static final int LONGEST_REQUEST_ID = 128;
  private static final int LONGEST_BODY = 1 << 18;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final SignedService DAYPASS = SignedService.of(Service.DAYPASS);

  private final Bodies bodies;
  private final Signatures signatures;
  private final Road road;
  private final Origins origins;
  private final String url;

  AuthZenEndpoint(Signatures signatures, Road road, Origins origins, PublicUrl url, Bodies bodies) {
    this.bodies = bodies;
    this.signatures = signatures;
    this.road = road;
    this.origins = origins;
    this.url = url.origin();
  }

  void routes(@Observes Router router) {
    route(router, EVALUATION, AuthZen::evaluation);
    route(router, EVALUATIONS, AuthZen::evaluations);
    router
        .get("/.well-known/authzen-configuration")
        .handler(context -> send(context, OK, metadata()));
  }

  private void route(Router router, String path, Function<byte[], Asked> reader) {
    router
        .post(path)
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(context -> evaluate(context, reader))
        .failureHandler(AuthZenEndpoint::refuseUnread);
  }

  private JsonNode metadata() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("policy_decision_point", url)
        .put("access_evaluation_endpoint", url + EVALUATION)
        .put("access_evaluations_endpoint", url + EVALUATIONS);
  }

  private void evaluate(RoutingContext context, Function<byte[], Asked> reader) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(() -> answer(context, origin, reader))
        .subscribe()
        .with(
            answer -> send(context, OK, answer),
            failure -> refuse(context, Refusals.of(failure, origin.callId())));
  }

  private Uni<ObjectNode> answer(
      RoutingContext context, Origin origin, Function<byte[], Asked> reader) {
    HttpMessage message = RawRequest.message(context);
    SignedClaim claim = SignedClaim.read(message, DAYPASS, origin.time());
    return signatures
        .prove(claim, origin)
        .chain(
            proven -> {
              Asked asked = reader.apply(message.body());
              return road.take(proven.caller(), asked.request())
                  .map(result -> AuthZen.answer(asked, result));
            });
  }

  private static void refuseUnread(RoutingContext context) {
    refuse(
        context,
        Body.unread(context)
            .orElse(ErrorCode.INVALID_INPUT)
            .error("The request could not be read."));
  }

  /// AuthZEN: 401 for who is not proven, 403 for who may not ask.
  private static void refuse(RoutingContext context, ApiError refusal) {
    boolean unproven =
        refusal.code() != ErrorCode.ACCESS_DENIED
            && refusal.code().status() == ErrorCode.ACCESS_DENIED.status();
    send(
        context,
        unproven ? UNAUTHORIZED : refusal.code().status(),
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", refusal.code().wireName())
            .put("message", refusal.text()));
  }

  private static void send(RoutingContext context, int status, JsonNode body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    Optional.ofNullable(context.request().getHeader(REQUEST_ID))
        .filter(id -> id.length() <= LONGEST_REQUEST_ID && id.matches("[!-~]+"))
        .ifPresent(id -> context.response().putHeader(REQUEST_ID, id));
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toString());
  }
}
