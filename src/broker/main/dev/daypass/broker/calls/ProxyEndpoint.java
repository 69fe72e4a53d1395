package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.proxies.ProxiedService;
import dev.daypass.broker.proxies.ProxiedServices;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Body;
import dev.daypass.broker.requests.Origins;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.RequestChecks;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.Function;

/// What proxies ask about each request: `/forward-auth/<service>` for nginx (`auth_request`),
/// Traefik (`forwardAuth`) and Caddy (`forward_auth`), `/ext-authz/<service>/…` for Envoy
/// (`ext_authz` over HTTP). 200 with who it is in headers, or 401 and 403.
@Singleton
final class ProxyEndpoint {
  private static final int LONGEST_BODY = 1 << 20;
  private static final int FIRST = Integer.MIN_VALUE;
  private static final int OK = 200;
  private static final String FORWARD = "/forward-auth/";
  private static final String EXT = "/ext-authz/";

  private final Bodies bodies;
  private final ProxiedServices services;
  private final ProxyCalls calls;
  private final Origins origins;

  ProxyEndpoint(ProxiedServices services, ProxyCalls calls, Origins origins, Bodies bodies) {
    this.bodies = bodies;
    this.services = services;
    this.calls = calls;
    this.origins = origins;
  }

  void routes(@Observes Router router) {
    router.route().order(FIRST).handler(ProxyEndpoint::refuseAmbiguous);
    router
        .route(FORWARD + ":service")
        .handler(bodies.atMost(0))
        .handler(context -> authorize(context, ProxiedRequest::forwarded))
        .failureHandler(ProxyEndpoint::refuseUnread);
    router
        .route(EXT + ":service/*")
        .handler(bodies.atMost(LONGEST_BODY))
        .handler(
            context ->
                authorize(context, asked -> ProxiedRequest.below(EXT + name(context), asked)))
        .failureHandler(ProxyEndpoint::refuseUnread);
  }

  /// Routes are found by the path as it is after dots are resolved. What Envoy asks about must not
  /// come out at another route, whose 200 it would take for a yes.
  private static void refuseAmbiguous(RoutingContext context) {
    String path = String.valueOf(context.request().path());
    if (path.startsWith(EXT)) {
      try {
        RequestChecks.checkPath(path);
      } catch (ApiError refusal) {
        refuse(context, refusal);
        return;
      }
    }
    context.next();
  }

  private static String name(RoutingContext context) {
    return String.valueOf(context.pathParam("service"));
  }

  private void authorize(RoutingContext context, Function<HttpMessage, ProxiedRequest> reader) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Origin origin = origins.of(context.request());
    Uni.createFrom()
        .deferred(
            () -> {
              ProxiedService service =
                  services
                      .find(name(context))
                      .orElseThrow(
                          () -> ErrorCode.NO_SUCH_ENTITY.error("No such service is configured."));
              return calls.authorize(service, reader.apply(RawRequest.message(context)), origin);
            })
        .subscribe()
        .with(
            caller -> allow(context, caller),
            failure -> refuse(context, Refusals.of(failure, origin.callId())));
  }

  private static void allow(RoutingContext context, Caller caller) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    HttpServerResponse response = context.response().setStatusCode(OK);
    ProxyAnswer.headers(caller).forEach(response::putHeader);
    response.putHeader("Cache-Control", "no-store").end();
  }

  private static void refuseUnread(RoutingContext context) {
    ErrorCode code = Body.unread(context).orElse(ErrorCode.REQUEST_ENTITY_TOO_LARGE);
    refuse(context, code.error("The request could not be read."));
  }

  /// nginx knows 401 and 403, and takes anything else for a fault of its own: nothing passes.
  private static void refuse(RoutingContext context, ApiError refusal) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    HttpServerResponse response = context.response().setStatusCode(ProxyAnswer.status(refusal));
    ProxyAnswer.headers(refusal).forEach(response::putHeader);
    response.end(ProxyAnswer.body(refusal));
  }
}
