package dev.daypass.broker.awslogin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.awslogin.LoginGrants.Grant;
import dev.daypass.broker.awslogin.LoginGrants.Token;
import dev.daypass.broker.awslogin.LoginRefused.Code;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.sessions.AssumableRoles;
import dev.daypass.broker.sessions.UserSessions;
import dev.daypass.broker.signin.SignInFacts;
import dev.daypass.broker.signin.SignInTokens;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.signin.CreateOAuth2Token;
import dev.daypass.wire.signin.CreateOAuth2Token.CodeVerifier;
import dev.daypass.wire.signin.CreateOAuth2Token.RedirectUri;
import dev.daypass.wire.signin.CreateOAuth2Token.RefreshToken;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.RoleDuration;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// Trades codes and refresh tokens for credentials that last a quarter of an hour.
@Singleton
final class LoginTokens {
  private static final Duration CODE_LASTS = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /// How long a tool may not know that another process of its own was quicker.
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Tickets tickets;
  private final LoginGrants grants;
  private final SignedInCaller callers;
  private final SignInTokens signIns;
  private final UserSessions sessions;
  private final Road road;
  private final Revocations revocations;
  private final Audit audit;

  LoginTokens(
      Tickets tickets,
      LoginGrants grants,
      SignedInCaller callers,
      SignInTokens signIns,
      UserSessions sessions,
      Road road,
      Revocations revocations,
      Audit audit) {
    this.tickets = tickets;
    this.grants = grants;
    this.callers = callers;
    this.signIns = signIns;
    this.sessions = sessions;
    this.road = road;
    this.revocations = revocations;
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
    String code = required(request.code(), "code").value().revealText();
    RedirectUri redirectUri = required(request.redirectUri(), "redirectUri");
    CodeVerifier verifier = required(request.codeVerifier(), "codeVerifier");
    return tickets
        .redeem(Tickets.Kind.LOGIN_CODE, code, LoginCode.class)
        .map(
            found ->
                found
                    .filter(is -> is.clientId().equals(request.clientId().toString()))
                    .filter(is -> is.redirectUri().equals(redirectUri.value()))
                    .filter(is -> is.codeChallenge().equals(challenge(verifier)))
                    .filter(is -> isFresh(is, origin))
                    .orElseThrow(
                        () ->
                            new LoginRefused(
                                Code.AUTHCODE_EXPIRED, "The code has expired, or was used.")))
        .chain(is -> first(is, request, thumbprint, origin));
  }

  private static boolean isFresh(LoginCode code, Origin origin) {
    return origin.time().getEpochSecond() - code.givenAt() <= CODE_LASTS.toSeconds();
  }

  private static String challenge(CodeVerifier verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.value().revealText().getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private Uni<CreateOAuth2Token.Result> first(
      LoginCode code, CreateOAuth2Token request, String thumbprint, Origin origin) {
    Optional<String> roleArn = Optional.of(code.roleArn()).filter(arn -> !arn.isEmpty());
    return caller(code.signIn(), origin)
        .chain(caller -> minted(caller, roleArn, request))
        .chain(
            minted ->
                grants
                    .add(code.signIn(), code.clientId(), roleArn, thumbprint, origin.time())
                    .map(token -> result(minted, token, request)));
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
              if (!grant.thumbprint().equals(thumbprint)
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
    return caller(grant.signIn(), origin)
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

  /// Somebody has a token that was used up: the tool itself, in another process, a moment ago; or
  /// whoever stole it, or from whom it was stolen. Then nobody goes on with this sign-in.
  private <T> Uni<T> reused(Grant grant, Token token, Origin origin) {
    boolean justNow = grant.former(token) && grant.rotatedAt().plus(GRACE).isAfter(origin.time());
    if (justNow) {
      return Uni.createFrom().failure(tooSoon());
    }
    return revocations
        .end(Revocation.of(grant.signIn().signIn(), origin.time()))
        .chain(() -> grants.remove(grant.id()))
        .chain(
            () ->
                Uni.createFrom()
                    .failure(
                        new LoginRefused(
                            Code.USER_CREDENTIALS_CHANGED,
                            "The refresh token was used before, so the sign-in was ended.")));
  }

  private static LoginRefused tooSoon() {
    return new LoginRefused(
        Code.TOO_SOON, "The refresh token was used a moment ago. Read the next one.");
  }

  private Uni<Caller> caller(SignInFacts signIn, Origin origin) {
    if (signIn.expired(origin.time())) {
      throw unknown();
    }
    return callers
        .of(signIn, origin)
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
    RoleDuration duration = new RoleDuration((int) LONGEST.toSeconds());
    return road.take(caller, AssumableRoles.request(caller, arn, Optional.of(duration)))
        .map(
            result ->
                new Minted(result.credentials(), result.assumedRoleUser().arn(), duration.value()))
        .onFailure(
            failure ->
                failure instanceof ApiError refusal && refusal.code() == ErrorCode.ACCESS_DENIED)
        .transform(
            _ ->
                new LoginRefused(
                    Code.INSUFFICIENT_PERMISSIONS, "The role %s cannot be had.".formatted(arn)));
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
