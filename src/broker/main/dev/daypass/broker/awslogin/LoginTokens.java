package dev.daypass.broker.awslogin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.awslogin.LoginRefused.Code;
import dev.daypass.broker.logingrants.LoginCode;
import dev.daypass.broker.logingrants.LoginCodes;
import dev.daypass.broker.logingrants.LoginGrants;
import dev.daypass.broker.logingrants.LoginGrants.Grant;
import dev.daypass.broker.logingrants.LoginGrants.Token;
import dev.daypass.broker.sessions.AssumableRoles;
import dev.daypass.broker.sessions.UserSessions;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.broker.signin.SignInTokens;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.signin.CreateOAuth2Token;
import dev.daypass.wire.signin.CreateOAuth2Token.RefreshToken;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.RoleDuration;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Trades codes and refresh tokens for credentials that last a quarter of an hour.
@Singleton
final class LoginTokens {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final LoginCodes codes;
  private final LoginGrants grants;
  private final SignedInCaller callers;
  private final SignInTokens signIns;
  private final UserSessions sessions;
  private final AssumableRoles roles;
  private final Audit audit;

  LoginTokens(
      LoginCodes codes,
      LoginGrants grants,
      SignedInCaller callers,
      SignInTokens signIns,
      UserSessions sessions,
      AssumableRoles roles,
      Audit audit) {
    this.codes = codes;
    this.grants = grants;
    this.callers = callers;
    this.signIns = signIns;
    this.sessions = sessions;
    this.roles = roles;
    this.audit = audit;
  }

  /// Fails with [LoginRefused].
  ///
  /// @param thumbprint of the key that the tool has proven to have
  Uni<CreateOAuth2Token.Result> create(
      CreateOAuth2Token request, String thumbprint, Origin origin) {
    return switch (request.grantType()) {
      case AUTHORIZATION_CODE -> byCode(request, thumbprint, origin);
      case REFRESH_TOKEN -> byRefreshToken(request, thumbprint, origin);
    };
  }

  private Uni<CreateOAuth2Token.Result> byCode(
      CreateOAuth2Token request, String thumbprint, Origin origin) {
    Secret code = required(request.code(), "code").value();
    LoginCodes.Brought brought =
        new LoginCodes.Brought(
            request.clientId().toString(),
            required(request.redirectUri(), "redirectUri").value(),
            required(request.codeVerifier(), "codeVerifier").value());
    return codes
        .take(code, brought, origin.time())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new LoginRefused(
                            Code.AUTHCODE_EXPIRED, "The code has expired, or was used.")))
        .chain(is -> first(is, request, thumbprint, origin));
  }

  private Uni<CreateOAuth2Token.Result> first(
      LoginCode code, CreateOAuth2Token request, String thumbprint, Origin origin) {
    Optional<String> roleArn = Optional.of(code.roleArn()).filter(arn -> !arn.isEmpty());
    return grants
        .add(code.signIn(), code.clientId(), roleArn, Optional.of(thumbprint), origin.time())
        .chain(
            token ->
                caller(token.id(), code.signIn(), origin)
                    .chain(caller -> minted(caller, roleArn, request))
                    .map(minted -> result(minted, token, request)));
  }

  private Uni<CreateOAuth2Token.Result> byRefreshToken(
      CreateOAuth2Token request, String thumbprint, Origin origin) {
    RefreshToken brought = required(request.refreshToken(), "refreshToken");
    Token token = Token.of(brought.value()).orElseThrow(LoginTokens::unknown);
    return grants
        .find(token.id())
        .map(found -> found.orElseThrow(LoginTokens::unknown))
        .chain(
            grant -> {
              if (!grant.thumbprint().equals(Optional.of(thumbprint))
                  || !grant.clientId().equals(request.clientId().toString())) {
                throw new LoginRefused(
                    Code.INVALID_REQUEST, "The refresh token is another tool's.");
              }
              return grant.current(token)
                  ? next(grant, token, request, origin)
                  : reused(grant, token, origin);
            });
  }

  private static LoginRefused unknown() {
    return new LoginRefused(Code.TOKEN_EXPIRED, "The refresh token has expired.");
  }

  private Uni<CreateOAuth2Token.Result> next(
      Grant grant, Token token, CreateOAuth2Token request, Origin origin) {
    return caller(grant.id(), grant.signIn(), origin)
        .chain(
            caller ->
                grants
                    .rotate(token, origin.time())
                    .chain(
                        next ->
                            next.map(is -> renewed(grant, is, caller, request))
                                .orElseGet(() -> Uni.createFrom().failure(tooSoon()))));
  }

  /// What the tool was not given must not cost it what it has.
  private Uni<CreateOAuth2Token.Result> renewed(
      Grant grant, Token next, Caller caller, CreateOAuth2Token request) {
    return minted(caller, grant.roleArn(), request)
        .onFailure()
        .call(() -> grants.restore(next))
        .map(minted -> result(minted, next, request));
  }

  private <T> Uni<T> reused(Grant grant, Token token, Origin origin) {
    return grants
        .reused(grant, token, origin.time())
        .map(
            reuse -> {
              throw switch (reuse) {
                case TOO_SOON -> tooSoon();
                case ENDED ->
                    new LoginRefused(
                        Code.USER_CREDENTIALS_CHANGED,
                        "The refresh token was used before, so the sign-in was ended.");
              };
            });
  }

  private static LoginRefused tooSoon() {
    return new LoginRefused(
        Code.TOO_SOON, "The refresh token was used a moment ago. Read the next one.");
  }

  private Uni<Caller> caller(String login, SignInFacts signIn, Origin origin) {
    if (signIn.expired(origin.time())) {
      throw unknown();
    }
    return callers
        .ofLogin(login, signIn, origin)
        .onFailure(LoginTokens::ended)
        .transform(_ -> new LoginRefused(Code.USER_CREDENTIALS_CHANGED, "The sign-in has ended."));
  }

  private static boolean ended(Throwable failure) {
    return failure instanceof ApiError refusal && refusal.code() == ErrorCode.EXPIRED_TOKEN;
  }

  /// @param arn who calls with the credentials
  private record Minted(Credentials credentials, String arn, int seconds) {}

  private Uni<Minted> minted(Caller caller, Optional<String> roleArn, CreateOAuth2Token request) {
    Uni<Minted> minted = roleArn.map(arn -> ofRole(caller, arn)).orElseGet(() -> ofSelf(caller));
    return minted.call(
        done ->
            audit.append(
                new CloudTrail(caller.origin())
                    .event("signin.amazonaws.com", "CreateOAuth2Token", "AwsServiceEvent")
                    .readOnly(false)
                    .by(caller)
                    .parameters(Trailed.of(request.clientId(), done.arn()))
                    .entry()));
  }

  private Uni<Minted> ofRole(Caller caller, String arn) {
    return roles
        .assume(caller, arn, new RoleDuration((int) LONGEST.toSeconds()))
        .map(given -> new Minted(given.credentials(), given.arn(), left(given, caller)))
        .onFailure(
            failure ->
                failure instanceof ApiError refusal && refusal.code() == ErrorCode.ACCESS_DENIED)
        .transform(
            _ ->
                new LoginRefused(
                    Code.INSUFFICIENT_PERMISSIONS, "The role %s cannot be had.".formatted(arn)));
  }

  private static int left(AssumableRoles.Assumed given, Caller caller) {
    Instant now = caller.origin().time().truncatedTo(ChronoUnit.SECONDS);
    return (int) Duration.between(now, given.credentials().expiration()).toSeconds();
  }

  /// No longer than the sign-in.
  private Uni<Minted> ofSelf(Caller caller) {
    Duration left =
        Duration.between(caller.origin().time(), caller.session().orElseThrow().expiresAt());
    Duration lifetime = left.compareTo(LONGEST) < 0 ? left : LONGEST;
    return sessions
        .open(caller, lifetime)
        .map(
            credentials ->
                new Minted(credentials, caller.arn(), Math.max(1, (int) lifetime.toSeconds())));
  }

  private CreateOAuth2Token.Result result(Minted minted, Token token, CreateOAuth2Token request) {
    Credentials credentials = minted.credentials();
    Optional<Secret> idToken =
        request.grantType() == CreateOAuth2Token.GrantType.AUTHORIZATION_CODE
            ? Optional.of(
                signIns.idToken(
                    minted.arn(), request.clientId().toString(), credentials.expiration()))
            : Optional.empty();
    return new CreateOAuth2Token.Result(
        new CreateOAuth2Token.AccessToken(
            credentials.accessKeyId().value(),
            credentials.secretAccessKey(),
            credentials.sessionToken()),
        "aws_sigv4",
        minted.seconds(),
        token.value(),
        idToken);
  }

  private static <T> T required(Optional<T> member, String name) {
    return member.orElseThrow(() -> new LoginRefused(Code.INVALID_REQUEST, name + " is missing."));
  }
}
