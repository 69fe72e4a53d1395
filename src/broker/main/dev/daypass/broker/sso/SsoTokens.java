package dev.daypass.broker.sso;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.logingrants.LoginCode;
import dev.daypass.broker.logingrants.LoginCodes;
import dev.daypass.broker.logingrants.LoginGrants;
import dev.daypass.broker.logingrants.LoginGrants.Grant;
import dev.daypass.broker.logingrants.LoginGrants.Token;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.broker.signin.SignInTokens;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.ssooidc.CreateToken;
import dev.daypass.wire.ssooidc.SsoOidcError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Trades codes and refresh tokens for access tokens.
@Singleton
final class SsoTokens {
  private static final Duration LASTS = Duration.ofHours(1);

  private final LoginCodes codes;
  private final LoginGrants grants;
  private final DeviceRequests devices;
  private final SignedInCaller callers;
  private final AccessTokens tokens;
  private final SignInTokens signIns;
  private final Audit audit;

  SsoTokens(
      LoginCodes codes,
      LoginGrants grants,
      DeviceRequests devices,
      SignedInCaller callers,
      AccessTokens tokens,
      SignInTokens signIns,
      Audit audit) {
    this.codes = codes;
    this.grants = grants;
    this.devices = devices;
    this.callers = callers;
    this.tokens = tokens;
    this.signIns = signIns;
    this.audit = audit;
  }

  /// A call of a tool that has shown its secret.
  private record Call(Client client, CreateToken request, Origin origin) {}

  /// Fails with the errors of [SsoOidcError].
  Uni<CreateToken.Result> create(Client client, CreateToken request, Origin origin) {
    if (!client.mayUse(request.grantType())) {
      throw SsoOidcError.UNAUTHORIZED_CLIENT.error("The client did not register for this grant.");
    }
    if (!Set.of(client.scope()).containsAll(request.scope())) {
      throw SsoOidcError.INVALID_SCOPE.error("The client did not register for this scope.");
    }
    Call call = new Call(client, request, origin);
    return switch (request.grantType()) {
      case Client.AUTHORIZATION_CODE -> byCode(call);
      case Client.DEVICE_CODE -> byDeviceCode(call);
      case Client.REFRESH_TOKEN -> byRefreshToken(call);
      default -> throw SsoOidcError.UNSUPPORTED_GRANT_TYPE.error("There is no such grant.");
    };
  }

  private Uni<CreateToken.Result> byCode(Call call) {
    CreateToken request = call.request();
    Secret code = required(request.code(), "code");
    LoginCodes.Brought brought =
        new LoginCodes.Brought(
            request.clientId(),
            required(request.redirectUri(), "redirectUri"),
            required(request.codeVerifier(), "codeVerifier"));
    return codes
        .take(code, brought, call.origin().time())
        .map(
            found ->
                found
                    .map(LoginCode::signIn)
                    .orElseThrow(
                        () ->
                            SsoOidcError.INVALID_GRANT.error(
                                "The code has expired, or was used, or is another tool's.")))
        .chain(signIn -> first(call, signIn));
  }

  private Uni<CreateToken.Result> byDeviceCode(Call call) {
    String code = required(call.request().deviceCode(), "deviceCode").revealText();
    return devices
        .poll(call.client(), code, call.origin().time())
        .chain(signIn -> first(call, signIn));
  }

  private Uni<CreateToken.Result> first(Call call, SignInFacts signIn) {
    return caller(signIn, call)
        .call(caller -> trailed(caller, call))
        .chain(caller -> first(call, caller, signIn));
  }

  /// A tool that wants no refresh token keeps what it has for as long as the sign-in lasts.
  private Uni<CreateToken.Result> first(Call call, Caller caller, SignInFacts signIn) {
    Instant now = call.origin().time();
    if (call.client().opensApi()) {
      return Uni.createFrom()
          .item(
              () ->
                  result(
                      signIns.ofTool(caller),
                      Duration.between(now, ends(signIn)),
                      Optional.empty()));
    }
    return call.client().wantsRefreshTokens()
        ? grants
            .add(signIn, call.request().clientId(), Optional.empty(), Optional.empty(), now)
            .map(token -> renewable(call, signIn, token))
        : Uni.createFrom().item(() -> portal(call, signIn, ends(signIn), Optional.empty()));
  }

  private static Instant ends(SignInFacts signIn) {
    return Instant.ofEpochSecond(signIn.expiresAt());
  }

  private CreateToken.Result renewable(Call call, SignInFacts signIn, Token token) {
    Instant end = call.origin().time().plus(LASTS);
    return portal(
        call, signIn, end.isBefore(ends(signIn)) ? end : ends(signIn), Optional.of(token.value()));
  }

  private CreateToken.Result portal(
      Call call, SignInFacts signIn, Instant end, Optional<Secret> refreshToken) {
    Instant now = call.origin().time();
    return result(tokens.of(signIn, now, end), Duration.between(now, end), refreshToken);
  }

  private static CreateToken.Result result(
      Secret token, Duration lasts, Optional<Secret> refreshToken) {
    return new CreateToken.Result(
        token, "Bearer", (int) Math.max(1, lasts.toSeconds()), refreshToken);
  }

  private Uni<CreateToken.Result> byRefreshToken(Call call) {
    Token token =
        Token.of(required(call.request().refreshToken(), "refreshToken"))
            .orElseThrow(SsoTokens::expired);
    return grants
        .find(token.id())
        .map(
            found ->
                found
                    .filter(grant -> grant.clientId().equals(call.request().clientId()))
                    .filter(grant -> grant.thumbprint().isEmpty())
                    .orElseThrow(SsoTokens::expired))
        .chain(
            grant -> grant.current(token) ? next(grant, token, call) : reused(grant, token, call));
  }

  /// The record comes first: a token that was used up is worth nothing without the next.
  private Uni<CreateToken.Result> next(Grant grant, Token token, Call call) {
    return caller(grant.signIn(), call)
        .chain(caller -> trailed(caller, call))
        .chain(() -> grants.rotate(token, call.origin().time()))
        .map(next -> next.orElseThrow(SsoTokens::tooSoon))
        .map(next -> renewable(call, grant.signIn(), next));
  }

  private Uni<CreateToken.Result> reused(Grant grant, Token token, Call call) {
    return grants
        .reused(grant, token, call.origin().time())
        .map(
            reuse -> {
              throw switch (reuse) {
                case TOO_SOON -> tooSoon();
                case ENDED ->
                    SsoOidcError.INVALID_GRANT.error(
                        "The refresh token was used before, so the sign-in was ended.");
              };
            });
  }

  private static ApiError tooSoon() {
    return SsoOidcError.SLOW_DOWN.error(
        "The refresh token was used a moment ago. Read the next one.");
  }

  private static ApiError expired() {
    return SsoOidcError.INVALID_GRANT.error("The refresh token has expired.");
  }

  private Uni<Caller> caller(SignInFacts signIn, Call call) {
    return Uni.createFrom()
        .deferred(() -> callers.of(signIn, call.origin()))
        .onFailure(SsoTokens::ended)
        .transform(_ -> SsoOidcError.INVALID_GRANT.error("The sign-in has ended."));
  }

  static boolean ended(Throwable failure) {
    return failure instanceof ApiError refusal && refusal.code() == ErrorCode.EXPIRED_TOKEN;
  }

  private Uni<Void> trailed(Caller caller, Call call) {
    return audit.append(
        new CloudTrail(call.origin())
            .event("sso.amazonaws.com", "CreateToken", "AwsServiceEvent")
            .readOnly(false)
            .by(caller)
            .parameters(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("clientName", call.client().name())
                    .put("grantType", call.request().grantType())
                    .put("scope", call.client().scope()))
            .entry());
  }

  private static <T> T required(Optional<T> member, String name) {
    return member.orElseThrow(() -> SsoOidcError.INVALID_REQUEST.error(name + " is missing."));
  }
}
