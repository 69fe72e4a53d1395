package dev.daypass.broker.sso;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.requests.UnsignedCalls;
import dev.daypass.broker.requests.UnsignedCalls.Call;
import dev.daypass.broker.requests.UnsignedCalls.Refusal;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.WireError;
import dev.daypass.wire.json.RestReader;
import dev.daypass.wire.sso.PortalMessages.GetRoleCredentials;
import dev.daypass.wire.sso.PortalMessages.ListAccountRoles;
import dev.daypass.wire.sso.PortalMessages.ListAccounts;
import dev.daypass.wire.sso.SsoError;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// The portal, as AWS's tools call it: with an access token in a header of its own.
@Singleton
final class PortalEndpoint {
  private static final String TOKEN = "x-amz-sso_bearer_token";

  private final Portal portal;
  private final Failures failures;
  private final UnsignedCalls calls;

  PortalEndpoint(Portal portal, Failures failures, UnsignedCalls calls) {
    this.portal = portal;
    this.failures = failures;
    this.calls = calls;
  }

  void routes(@Observes Router router) {
    calls.serve(
        router.get("/assignment/accounts"),
        call -> answer(call, ListAccounts.class, portal::accounts),
        PortalEndpoint::told);
    calls.serve(
        router.get("/assignment/roles"),
        call -> answer(call, ListAccountRoles.class, portal::roles),
        PortalEndpoint::told);
    calls.serve(
        router.get("/federation/credentials"),
        call -> answer(call, GetRoleCredentials.class, portal::credentials),
        PortalEndpoint::told);
    calls.serve(
        router.post("/logout"), call -> caller(call).chain(portal::logout), PortalEndpoint::told);
  }

  private <T, R extends Record> Uni<R> answer(
      Call call, Class<T> type, BiFunction<Caller, T, Uni<R>> action) {
    T request =
        RestReader.read(type, Map.of(), call.query(), call.body(), ErrorCode.VALIDATION_ERROR);
    return caller(call).chain(caller -> action.apply(caller, request));
  }

  private Uni<Caller> caller(Call call) {
    Origin origin = call.origin();
    failures.check(origin.address());
    List<String> tokens = call.headers(TOKEN);
    return Uni.createFrom()
        .deferred(
            () -> {
              if (tokens.size() != 1) {
                throw AccessTokens.unauthorized();
              }
              return portal.caller(tokens.getFirst(), origin);
            })
        .onFailure(
            failure ->
                failure instanceof ApiError refusal && refusal.code() == SsoError.UNAUTHORIZED)
        .invoke(() -> failures.count(origin.address()));
  }

  private static Refusal told(Throwable failure, Origin origin) {
    ApiError refusal = Refusals.of(failure, origin.callId());
    WireError error = error(refusal.code());
    return new Refusal(
        error.status(),
        error.jsonName(),
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", error.jsonName())
            .put("message", refusal.text())
            .toString());
  }

  private static WireError error(WireError code) {
    if (code == ErrorCode.THROTTLING) {
      return SsoError.TOO_MANY_REQUESTS;
    }
    boolean own = code instanceof SsoError || code.status() >= WireError.FIRST_SERVER_FAULT;
    return own ? code : SsoError.INVALID_REQUEST;
  }
}
