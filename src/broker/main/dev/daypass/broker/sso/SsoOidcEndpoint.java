package dev.daypass.broker.sso;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.UnsignedCalls;
import dev.daypass.broker.requests.UnsignedCalls.Call;
import dev.daypass.broker.requests.UnsignedCalls.Refusal;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.WireError;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.json.JsonReader;
import dev.daypass.wire.ssooidc.CreateToken;
import dev.daypass.wire.ssooidc.RegisterClient;
import dev.daypass.wire.ssooidc.SsoOidcError;
import dev.daypass.wire.ssooidc.StartDeviceAuthorization;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/// The OIDC service, as AWS's tools call it.
@Singleton
final class SsoOidcEndpoint {
  static final String TOKEN = "/token";

  /// What somebody who guesses is told.
  private static final Set<WireError> GUESSES =
      Set.of(SsoOidcError.INVALID_CLIENT, SsoOidcError.INVALID_GRANT, SsoOidcError.EXPIRED_TOKEN);

  private final Clients clients;
  private final DeviceRequests devices;
  private final SsoTokens tokens;
  private final Failures failures;
  private final UnsignedCalls calls;

  SsoOidcEndpoint(
      Clients clients,
      DeviceRequests devices,
      SsoTokens tokens,
      Failures failures,
      UnsignedCalls calls) {
    this.clients = clients;
    this.devices = devices;
    this.tokens = tokens;
    this.failures = failures;
    this.calls = calls;
  }

  void routes(@Observes Router router) {
    calls.serve(router.post("/client/register"), this::register, SsoOidcEndpoint::told);
    calls.serve(router.post("/device_authorization"), this::device, SsoOidcEndpoint::told);
    calls.serve(router.post(TOKEN), this::token, SsoOidcEndpoint::told);
  }

  private Uni<RegisterClient.Result> register(Call call) {
    RegisterClient request = read(RegisterClient.class, call);
    return Uni.createFrom().item(() -> clients.register(request, call.origin().time()));
  }

  private Uni<StartDeviceAuthorization.Result> device(Call call) {
    StartDeviceAuthorization request = read(StartDeviceAuthorization.class, call);
    Origin origin = call.origin();
    return devices.begin(
        clients.known(request.clientId(), request.clientSecret(), origin.time()), origin);
  }

  private Uni<CreateToken.Result> token(Call call) {
    Origin origin = call.origin();
    failures.check(origin.address());
    CreateToken request = read(CreateToken.class, call);
    return Uni.createFrom()
        .deferred(
            () ->
                tokens.create(
                    clients.known(request.clientId(), request.clientSecret(), origin.time()),
                    request,
                    origin))
        .onFailure(
            failure -> failure instanceof ApiError refusal && GUESSES.contains(refusal.code()))
        .invoke(() -> failures.count(origin.address()));
  }

  private static <T> T read(Class<T> type, Call call) {
    return JsonReader.read(type, call.body(), Naming.LOWER_CAMEL, ErrorCode.VALIDATION_ERROR);
  }

  private static Refusal told(Throwable failure, Origin origin) {
    ApiError refusal = Refusals.of(failure, origin.callId());
    SsoOidcError error = error(refusal.code());
    return new Refusal(
        error.status(),
        error.jsonName(),
        JsonNodeFactory.instance
            .objectNode()
            .put("error", error.error())
            .put("error_description", refusal.text())
            .toString());
  }

  private static SsoOidcError error(WireError code) {
    if (code instanceof SsoOidcError own) {
      return own;
    }
    if (code == ErrorCode.THROTTLING) {
      return SsoOidcError.SLOW_DOWN;
    }
    return code.status() < WireError.FIRST_SERVER_FAULT
        ? SsoOidcError.INVALID_REQUEST
        : SsoOidcError.SERVER_ERROR;
  }
}
