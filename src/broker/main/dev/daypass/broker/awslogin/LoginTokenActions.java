package dev.daypass.broker.awslogin;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.SessionCallers;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.livesessions.Own;
import dev.daypass.broker.logingrants.LoginGrants;
import dev.daypass.broker.logingrants.LoginGrants.Grant;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.signin.TokenMessages.IntrospectOAuth2TokenWithIAM;
import dev.daypass.wire.signin.TokenMessages.IntrospectOAuth2TokenWithIAM.Result;
import dev.daypass.wire.signin.TokenMessages.RevokeOAuth2TokenWithIAM;
import dev.daypass.wire.signin.TokenMessages.TokenTypeHint;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a login's tokens are, and their end, for whoever signs the question: of one's own logins
/// without asking, of others' in the account where the policies allow it.
///
/// Whoever may not know of a token is told what is told of one that never was (RFC 7662 §2.2, RFC
/// 7009 §2.2).
@Singleton
public final class LoginTokenActions {
  private static final String INTROSPECT = "signin:IntrospectOAuth2TokenWithIAM";
  private static final String REVOKE = "signin:RevokeOAuth2TokenWithIAM";

  private final LoginGrants grants;
  private final SignedInCaller logins;
  private final SessionCallers sessions;
  private final Authorizer authorizer;
  private final Revocations revocations;
  private final PublicUrl url;

  LoginTokenActions(
      LoginGrants grants,
      SignedInCaller logins,
      SessionCallers sessions,
      Authorizer authorizer,
      Revocations revocations,
      PublicUrl url) {
    this.grants = grants;
    this.logins = logins;
    this.sessions = sessions;
    this.authorizer = authorizer;
    this.revocations = revocations;
    this.url = url;
  }

  /// A login that goes on, and who began it.
  private record Login(Grant grant, Caller person) {
    Session session() {
      return person.session().orElseThrow();
    }
  }

  /// Whether a token is good, and what for.
  public Uni<Result> introspect(Caller caller, IntrospectOAuth2TokenWithIAM request) {
    Secret secret = request.token().value();
    return LoginGrants.Token.of(secret)
        .map(
            token ->
                login(caller, token.id(), grant -> grant.current(token), INTROSPECT)
                    .map(found -> found.map(this::told)))
        .orElseGet(() -> session(caller, secret).map(found -> found.map(this::told)))
        .map(told -> told.orElse(Result.INACTIVE));
  }

  /// Ends the login of a refresh token, be it the last one or the one before: whoever signs a tool
  /// out must not lose to the tool's own renewal.
  public Uni<Nothing> revoke(Caller caller, RevokeOAuth2TokenWithIAM request) {
    return LoginGrants.Token.of(request.token().value())
        .map(token -> login(caller, token.id(), grant -> grant.recent(token), REVOKE))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .chain(
            found ->
                found
                    .map(login -> Revocation.of(login.grant().id(), caller.origin().time()))
                    .map(revocations::endInTransaction)
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .replaceWith(NOTHING);
  }

  private Uni<Optional<Login>> login(
      Caller caller, String id, Predicate<Grant> known, String permission) {
    return grants
        .find(id)
        // Those of other tools' are bound to no key, and are asked about nowhere.
        .map(found -> found.filter(grant -> grant.thumbprint().isPresent()).filter(known))
        .chain(
            found ->
                found
                    .map(grant -> alive(caller, grant))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .chain(
            found -> permitted(caller, found, login -> owns(caller, login.session()), permission));
  }

  private Uni<Optional<Login>> alive(Caller caller, Grant grant) {
    return whereAlive(
        () -> logins.ofLogin(grant.id(), grant.signIn(), caller.origin()),
        person -> Optional.of(new Login(grant, person)).filter(_ -> sameAccount(caller, person)));
  }

  private Uni<Optional<Caller>> session(Caller caller, Secret token) {
    return whereAlive(
            () -> sessions.caller(token.revealText(), caller.origin()),
            holder ->
                Optional.of(holder)
                    .filter(is -> is.session().flatMap(Session::signIn).isPresent())
                    .filter(is -> sameAccount(caller, is)))
        .chain(
            found ->
                permitted(
                    caller,
                    found,
                    holder -> Own.is(holder.session().orElseThrow().links(), caller),
                    INTROSPECT));
  }

  private static boolean sameAccount(Caller caller, Caller other) {
    return caller.account().equals(other.account());
  }

  private interface Finding {
    Uni<Caller> find();
  }

  private interface Kept<T> {
    Optional<T> of(Caller found);
  }

  private static <T> Uni<Optional<T>> whereAlive(Finding finding, Kept<T> kept) {
    return Uni.createFrom()
        .deferred(finding::find)
        .map(kept::of)
        .onFailure(LoginTokenActions::ended)
        .recoverWithItem(Optional.empty());
  }

  private static boolean ended(Throwable failure) {
    return failure instanceof ApiError refusal
        && (refusal.code() == ErrorCode.EXPIRED_TOKEN
            || refusal.code() == ErrorCode.INVALID_CLIENT_TOKEN_ID);
  }

  /// One's own login: any of one's own, or the very one that the calling session came of.
  private static boolean owns(Caller caller, Session login) {
    List<Link> links = login.links();
    return Own.is(links, caller)
        || caller
            .session()
            .filter(is -> !is.narrowed() && is.lineage().ancestors().equals(links))
            .isPresent();
  }

  private <T> Uni<Optional<T>> permitted(
      Caller caller, Optional<T> found, Predicate<T> own, String permission) {
    if (found.isEmpty() || found.filter(own).isPresent()) {
      return Uni.createFrom().item(found);
    }
    Target target = Target.of("*", caller.account());
    return authorizer
        .policiesOf(caller)
        .map(policies -> policies.decide(Authorizer.access(caller, permission, target)).allowed())
        .map(allowed -> allowed ? found : Optional.empty());
  }

  private Result told(Login login) {
    Grant grant = login.grant();
    return told(
        login.person(),
        new Described(
            Optional.of(grant.clientId()),
            TokenTypeHint.REFRESH_TOKEN,
            grant.rotatedAt().getEpochSecond(),
            grant.roleArn()));
  }

  private Result told(Caller holder) {
    return told(
        holder,
        new Described(
            Optional.empty(),
            TokenTypeHint.ACCESS_TOKEN,
            holder.session().orElseThrow().issuedAt().getEpochSecond(),
            Optional.empty()));
  }

  private record Described(
      Optional<String> client, TokenTypeHint type, long issuedAt, Optional<String> resource) {}

  private Result told(Caller holder, Described token) {
    Session session = holder.session().orElseThrow();
    return new Result(
        true,
        token.client(),
        Optional.of(holder.userId()),
        Optional.of(token.type().toString()),
        Optional.of(session.expiresAt().getEpochSecond()),
        Optional.of(token.issuedAt()),
        Optional.of(holder.arnOrUserId()),
        Optional.of(url.origin()),
        Optional.of(session.accessKeyId()),
        Optional.of(holder.account()),
        session
            .signIn()
            .map(
                id ->
                    "arn:aws:signin:%s:%s:session/%s"
                        .formatted(holder.origin().region(), holder.account(), id)),
        token.resource());
  }
}
