package dev.daypass.broker.calls;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.SessionCallers;
import dev.daypass.broker.identities.AccountIdentity;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.KeyOwner;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.sessions.SessionActions;
import dev.daypass.broker.sessions.SessionTokens;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.policy.Principal;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Service;
import dev.daypass.wire.sigv4.Claim;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SigningKey;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Proves who signed a call.
@Singleton
final class Signatures implements SessionCallers {
  private final Identities identities;
  private final SessionTokens tokens;
  private final SigningKeys keys;
  private final Revocations revocations;

  Signatures(
      Identities identities, SessionTokens tokens, SigningKeys keys, Revocations revocations) {
    this.identities = identities;
    this.tokens = tokens;
    this.keys = keys;
    this.revocations = revocations;
  }

  /// The caller; fails with AWS's refusals, in AWS's order, where it is not proven.
  Uni<Caller> verify(Call call, Service service) {
    return prove(SignedClaim.read(call.message(), service, call.origin().time()), call.origin())
        .map(Proven::caller);
  }

  /// Whose claim it is, and the key that proved it.
  record Proven(Caller caller, SigningKey key) {}

  /// The same, for a claim that was read.
  Uni<Proven> prove(Claim claim, Origin from) {
    Origin origin = from.in(claim.scope().region());
    boolean temporary = claim.accessKeyId().startsWith(AccessKeyId.SESSION);
    if (temporary != claim.sessionToken().isPresent()) {
      throw invalid();
    }
    return claim
        .sessionToken()
        .map(token -> bySession(claim, token, origin))
        .orElseGet(() -> byKey(claim, origin));
  }

  private Uni<Proven> byKey(Claim claim, Origin origin) {
    return identities
        .key(claim.accessKeyId())
        .map(found -> found.filter(KeyOwner::active).orElseThrow(Signatures::invalid))
        .chain(key -> ofKey(key, claim.verify(key.secret()), origin));
  }

  private Uni<Proven> ofKey(KeyOwner owner, SigningKey key, Origin origin) {
    return identities
        .user(owner.userId())
        .map(found -> found.orElseThrow(Signatures::invalid))
        .chain(
            user ->
                open(user.account())
                    .map(
                        account ->
                            new Caller(
                                principal(user),
                                user.account(),
                                Optional.of(owner.id()),
                                Optional.empty(),
                                Optional.empty(),
                                origin,
                                account.membership())))
        .map(caller -> new Proven(caller, key));
  }

  private Uni<Proven> bySession(Claim claim, String token, Origin origin) {
    return keys.current().chain(_ -> provenBy(claim, token, origin));
  }

  private Uni<Proven> provenBy(Claim claim, String token, Origin origin) {
    SessionTokens.Proven proven = tokens.verify(token);
    Session session = proven.session();
    if (!session.accessKeyId().equals(claim.accessKeyId())) {
      throw invalid();
    }
    SigningKey key = claim.verify(proven.secret());
    return alive(session, origin).map(caller -> new Proven(caller, key));
  }

  private Uni<Caller> alive(Session session, Origin origin) {
    if (session.expired(origin.time())) {
      throw EXPIRED_TOKEN.error("The security token included in the request is expired");
    }
    return caller(session, origin);
  }

  @Override
  public Uni<Caller> caller(String token, Origin origin) {
    return keys.current().chain(_ -> alive(tokens.verify(token).session(), origin));
  }

  /// Who calls with a session that was proven: by its signature, or because this call began it.
  Uni<Caller> caller(Session session, Origin origin) {
    return revocations
        .revoked(session)
        .invoke(
            revoked -> {
              if (revoked) {
                throw invalid();
              }
            })
        .chain(() -> principal(session))
        .chain(
            principal ->
                open(session.account())
                    .map(
                        account ->
                            new Caller(
                                principal,
                                session.account(),
                                Optional.of(session.accessKeyId()),
                                Optional.of(session),
                                session.mfaAt(),
                                origin,
                                account.membership())));
  }

  /// Nobody calls from an account that was closed.
  private Uni<AccountIdentity> open(String account) {
    return identities
        .account(account)
        .map(found -> found.filter(is -> !is.closed()).orElseThrow(Signatures::invalid));
  }

  /// A session dies with its role or user: one made again under the same name is another.
  private Uni<Principal> principal(Session session) {
    return switch (session.kind()) {
      case ROLE ->
          identities
              .role(session.principalArn())
              .map(found -> found.filter(role -> role.id().equals(session.principalId())))
              .map(found -> found.orElseThrow(Signatures::invalid))
              .map(role -> SessionActions.assumed(session, role));
      case USER ->
          identities
              .user(session.principalId())
              .map(found -> principal(found.orElseThrow(Signatures::invalid)));
      case FEDERATED ->
          identities
              .user(session.principalId())
              .map(found -> found.orElseThrow(Signatures::invalid))
              .map(user -> SessionActions.federated(session, user));
      case ROOT -> Uni.createFrom().item(new Principal.Root(session.account()));
      // A sign-in signs nothing.
      case WEB_IDENTITY -> throw invalid();
    };
  }

  private static Principal principal(UserIdentity user) {
    return new Principal.User(user.arn(), user.id(), user.name(), user.account(), user.tags());
  }

  private static RuntimeException invalid() {
    return INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
  }
}
