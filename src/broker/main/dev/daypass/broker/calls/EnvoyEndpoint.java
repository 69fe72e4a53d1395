package dev.daypass.broker.calls;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.database.OrderedIds;
import dev.daypass.broker.proxies.ProxiedService;
import dev.daypass.broker.proxies.ProxiedServices;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.Bodies;
import dev.daypass.broker.requests.Origins;
import dev.daypass.envoy.CheckRequest;
import dev.daypass.envoy.CheckResponse;
import dev.daypass.wire.ErrorCode;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// What Envoy asks about each request by gRPC: `envoy.service.auth.v3.Authorization/Check`, on the
/// port of everything else (HTTP/2, with prior knowledge where there is no TLS). For which service
/// it asks says the route (`context_extensions`: `service`) or the filter (`initial_metadata`:
/// `daypass-service`): neither is for clients to say.
@Singleton
final class EnvoyEndpoint {
  private static final ServiceName SERVICE =
      ServiceName.create("envoy.service.auth.v3.Authorization");
  private static final ServiceMethod<CheckRequest, CheckResponse> CHECK =
      ServiceMethod.server(
          SERVICE,
          "Check",
          GrpcMessageEncoder.encoder(),
          GrpcMessageDecoder.decoder(CheckRequest.parser()));
  private static final String NAMED = "daypass-service";
  private static final String TYPE = "application/grpc";
  private static final int UNSUPPORTED = 415;
  private static final String IDENTITY = "identity";

  /// The body of a request and what is around it.
  private static final long LONGEST = (1 << 20) + (1 << 17);

  private final ProxiedServices services;
  private final ProxyCalls calls;
  private final Bodies bodies;
  private final Vertx vertx;
  private final Clock clock;

  EnvoyEndpoint(
      ProxiedServices services, ProxyCalls calls, Bodies bodies, Vertx vertx, Clock clock) {
    this.services = services;
    this.calls = calls;
    this.bodies = bodies;
    this.vertx = vertx;
    this.clock = clock;
  }

  void routes(@Observes Router router) {
    GrpcServer server =
        GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(LONGEST))
            .callHandler(CHECK, this::check);
    router
        .route(HttpMethod.POST, "/" + SERVICE.fullyQualifiedName() + "/Check")
        .handler(context -> take(server, context));
  }

  /// What is compressed may be a million times as long.
  private void take(GrpcServer server, RoutingContext context) {
    if (!context.request().headers().contains("content-type", TYPE, true)) {
      context.fail(UNSUPPORTED);
      return;
    }
    String encoding = context.request().getHeader("grpc-encoding");
    if (encoding != null && !encoding.equals(IDENTITY)) {
      context
          .response()
          .putHeader("content-type", TYPE)
          .putHeader("grpc-status", Integer.toString(GrpcStatus.UNIMPLEMENTED.code))
          .putHeader("grpc-message", "Messages are not to be compressed.")
          .end();
      return;
    }
    server.handle(bodies.bounded(context));
  }

  private void check(GrpcServerRequest<CheckRequest, CheckResponse> call) {
    VertxContextSafetyToggle.setCurrentContextSafe(true);
    Context here = vertx.getOrCreateContext();
    call.last()
        .onSuccess(asked -> here.runOnContext(_ -> answer(call, asked)))
        .onFailure(_ -> call.response().status(GrpcStatus.INVALID_ARGUMENT).end());
  }

  private void answer(GrpcServerRequest<CheckRequest, CheckResponse> call, CheckRequest asked) {
    Origin origin = origin(asked);
    Uni.createFrom()
        .deferred(() -> calls.authorize(service(call, asked), EnvoyCheck.request(asked), origin))
        .map(EnvoyCheck::allowed)
        .onFailure()
        .recoverWithItem(failure -> EnvoyCheck.refused(Refusals.of(failure, origin.callId())))
        .subscribe()
        .with(answer -> call.response().end(answer));
  }

  private ProxiedService service(
      GrpcServerRequest<CheckRequest, CheckResponse> call, CheckRequest asked) {
    return EnvoyCheck.service(asked)
        .or(() -> Optional.ofNullable(call.headers().get(NAMED)))
        .flatMap(services::find)
        .orElseThrow(() -> ErrorCode.NO_SUCH_ENTITY.error("No such service is configured."));
  }

  /// Where the client is, only the proxy can tell.
  private Origin origin(CheckRequest asked) {
    Map<String, String> headers = asked.getAttributes().getRequest().getHttp().getHeadersMap();
    return new Origin(
        OrderedIds.next().toString(),
        clock.instant(),
        "",
        headers.getOrDefault("user-agent", ""),
        Optional.ofNullable(headers.get("referer")),
        false,
        Origins.REGION);
  }
}
