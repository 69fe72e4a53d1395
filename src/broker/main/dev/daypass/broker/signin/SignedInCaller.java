package dev.daypass.broker.signin;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.identities.AccountIdentity;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.policy.Principal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The caller behind a bearer token: the user who signed in, with the second factor it proved then;
/// or somebody without a user, for whom a provider vouched.
@Singleton
public final class SignedInCaller {
  private final Identities identities;
  private final Revocations revocations;
  private final SigningKeys keys;
  private final SignInTokens tokens;
  private final FederatedCallers federated;

  SignedInCaller(
      Identities identities,
      Revocations revocations,
      SigningKeys keys,
      SignInTokens tokens,
      FederatedCallers federated) {
    this.federated = federated;
    this.identities = identities;
    this.revocations = revocations;
    this.keys = keys;
    this.tokens = tokens;
  }

  /// The id of the sign-in, by which it and all that came of it can be ended.
  public static String signIn(JsonWebToken token) {
    return token.getClaim(SignInTokens.SIGN_IN);
  }

  /// Fails with `ExpiredToken` where the sign-in was ended, its user is gone, or the key that
  /// signed it is not honoured any more.
  public Uni<Caller> of(JsonWebToken token, Origin origin) {
    return keys.current()
        .map(_ -> tokens.keyMarks(token))
        .chain(marks -> of(facts(token, marks.getFirst()), marks, origin));
  }

  /// The same, of what the cookie of a browser holds; `ExpiredToken` where it is no token. Here and
  /// below it may be somebody without a user, for whom it fails, too, where the provider is trusted
  /// no more.
  public Uni<Caller> of(String token, Origin origin) {
    return keys.current().map(_ -> tokens.proven(token)).chain(proven -> of(proven, origin));
  }

  /// The same, where the token was seen before.
  public Uni<Caller> of(SignInFacts facts, Origin origin) {
    return of(facts, List.of(facts.keyMark()), origin);
  }

  /// The same, for what a person let a tool have: what comes of it ends with the sign-in, and with
  /// the login alone.
  ///
  /// @param login its id
  public Uni<Caller> ofLogin(String login, SignInFacts facts, Origin origin) {
    return of(facts, origin)
        .map(caller -> caller.with(caller.session().orElseThrow().login(login)))
        .call(this::refuseEnded);
  }

  /// @param keyMarks of all the keys that vouch for it
  private Uni<Caller> of(SignInFacts facts, List<String> keyMarks, Origin origin) {
    if (facts.expired(origin.time())) {
      throw ended();
    }
    return (facts.federated()
            ? federated.of(facts, keyMarks, origin)
            : user(facts, keyMarks, origin).map(Optional::of))
        .map(found -> found.orElseThrow(SignedInCaller::ended))
        .call(this::refuseEnded);
  }

  private Uni<Caller> user(SignInFacts facts, List<String> keyMarks, Origin origin) {
    return identities
        .user(facts.userId())
        .map(found -> found.orElseThrow(SignedInCaller::ended))
        .chain(
            user ->
                open(user)
                    .map(account -> caller(user, account, session(user, facts, keyMarks), origin)));
  }

  private static SignInFacts facts(JsonWebToken token, String keyMark) {
    long mfaAt =
        token
            .<Object>claim(SignInTokens.MFA_AT)
            .map(at -> Long.parseLong(at.toString()))
            .orElse(0L);
    return new SignInFacts(
        token.getSubject(),
        signIn(token),
        token.getIssuedAtTime(),
        token.getExpirationTime(),
        mfaAt,
        keyMark);
  }

  /// A sign-in ends with its account.
  private Uni<AccountIdentity> open(UserIdentity user) {
    return identities
        .account(user.account())
        .map(found -> found.filter(account -> !account.closed()))
        .map(found -> found.orElseThrow(SignedInCaller::ended));
  }

  private Uni<Void> refuseEnded(Caller caller) {
    return revocations
        .revoked(caller.session().orElseThrow())
        .invoke(
            revoked -> {
              if (revoked) {
                throw ended();
              }
            })
        .replaceWithVoid();
  }

  private static RuntimeException ended() {
    return EXPIRED_TOKEN.error("This sign-in has ended.");
  }

  private static Session session(UserIdentity user, SignInFacts facts, List<String> keyMarks) {
    return new Session(
        facts.signIn(),
        facts.signIn(),
        Session.Kind.USER,
        user.account(),
        user.arn(),
        user.id(),
        user.name(),
        Instant.ofEpochSecond(facts.issuedAt()),
        Instant.ofEpochSecond(facts.expiresAt()),
        facts.verifiedAt(),
        Optional.empty(),
        Map.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        new Lineage(List.of(), keyMarks),
        Optional.of(facts.signIn()));
  }

  private static Caller caller(
      UserIdentity user, AccountIdentity account, Session session, Origin origin) {
    return new Caller(
        new Principal.User(user.arn(), user.id(), user.name(), user.account(), user.tags()),
        user.account(),
        Optional.empty(),
        Optional.of(session),
        session.mfaAt(),
        origin,
        account.membership());
  }
}
