package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.Origins;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.daypass.ExchangeToken;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// OAuth's token endpoint, `POST /oauth/token`, for token exchange (RFC 8693), and its metadata
/// (RFC 8414). A raw route, because a session's signature is over the bytes as they came.
@Singleton
final class OAuthEndpoint {
  private static final int LONGEST_BODY = 1 << 16;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int FAULT = 500;

  private final Bodies bodies;
  private final TokenExchange exchange;
  private final Origins origins;
  private final String url;

  OAuthEndpoint(TokenExchange exchange, Origins origins, PublicUrl url, Bodies bodies) {
    this.bodies = bodies;
    this.exchange = exchange;
    this.origins = origins;
    this.url = url.origin();
  }

  void routes(@Observes Router router) {
    router
        .post("/oauth/token")
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(this::token)
        .failureHandler(
            context ->
                refuseCall(
                    context,
                    Body.unread(context)
                        .orElse(ErrorCode.VALIDATION_ERROR)
                        .error("it could not be read")));
    router
        .get("/.well-known/oauth-authorization-server")
        .handler(context -> send(context, OK, metadata()));
  }

  private JsonObject metadata() {
    return new JsonObject()
        .put("issuer", url)
        .put("token_endpoint", url + "/oauth/token")
        .put("grant_types_supported", new JsonArray().add(TokenExchange.GRANT))
        .put("response_types_supported", new JsonArray())
        .put("token_endpoint_auth_methods_supported", new JsonArray().add("none"));
  }

  private void token(RoutingContext context) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(() -> exchanged(context, origin))
        .subscribe()
        .with(
            result -> send(context, OK, shown(result, origin)),
            failure -> refuse(context, failure, origin));
  }

  private Uni<ExchangeToken.Result> exchanged(RoutingContext context, Origin origin) {
    HttpMessage message = RawRequest.message(context);
    String type = message.header("content-type").orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(FORM) || !message.query().isEmpty()) {
      throw new TokenExchange.NotSupported("invalid_request", "the parameters must be a form");
    }
    Form form = Form.parse(new String(message.body(), StandardCharsets.ISO_8859_1));
    return exchange.exchange(message, form, origin);
  }

  private static JsonObject shown(ExchangeToken.Result result, Origin origin) {
    JsonObject shown =
        new JsonObject()
            .put("access_token", result.token().revealText())
            .put("issued_token_type", TokenExchange.JWT)
            .put("token_type", "Bearer")
            .put("expires_in", Duration.between(origin.time(), result.expiration()).toSeconds());
    result.scope().ifPresent(scope -> shown.put("scope", scope));
    return shown;
  }

  private static void refuse(RoutingContext context, Throwable failure, Origin origin) {
    switch (failure) {
      case TokenExchange.NotSupported not ->
          refuse(context, BAD_REQUEST, not.error(), String.valueOf(not.getMessage()));
      case TokenExchange.Refused refused -> refuse(context, refused);
      default -> refuseCall(context, Refusals.of(failure, origin.callId()));
    }
  }

  /// RFC 6749 §5.2 and RFC 8693 §2.2.2.
  private static void refuse(RoutingContext context, TokenExchange.Refused refused) {
    ApiError refusal = refused.refusal();
    if (passing(context, refusal)) {
      return;
    }
    String error =
        refusal.code() == ErrorCode.INVALID_SCOPE
            ? "invalid_scope"
            : refused.ofSubject() ? "invalid_grant" : "invalid_target";
    refuse(context, BAD_REQUEST, error, refusal.text());
  }

  /// What is wrong with the request itself: its form, or its signature.
  private static void refuseCall(RoutingContext context, ApiError refusal) {
    if (passing(context, refusal)) {
      return;
    }
    boolean unsigned = refusal.code().status() == ErrorCode.ACCESS_DENIED.status();
    refuse(
        context,
        unsigned ? UNAUTHORIZED : BAD_REQUEST,
        unsigned ? "invalid_client" : "invalid_request",
        refusal.text());
  }

  /// Whether it is for now only, and told so.
  private static boolean passing(RoutingContext context, ApiError refusal) {
    int status =
        switch (refusal.code()) {
          case ErrorCode.THROTTLING -> TOO_MANY;
          case ErrorCode.IDP_COMMUNICATION_ERROR, ErrorCode.SERVICE_UNAVAILABLE -> UNAVAILABLE;
          case ErrorCode.SERVICE_FAILURE -> FAULT;
          default -> OK;
        };
    if (status == OK) {
      return false;
    }
    refuse(
        context,
        status,
        status == FAULT ? "server_error" : "temporarily_unavailable",
        refusal.text());
    return true;
  }

  private static void refuse(RoutingContext context, int status, String error, String why) {
    send(
        context,
        status,
        new JsonObject().put("error", error).put("error_description", printable(why)));
  }

  /// RFC 6749 §5.2 leaves out quotes, backslashes and whatever is no ASCII.
  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7E]|[\"\\\\]", "'");
  }

  private static void send(RoutingContext context, int status, JsonObject body) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(body.encode());
  }
}
