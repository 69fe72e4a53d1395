package dev.daypass.broker.livesessions;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.KeyOwner;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.daypass.SessionMessages.RevokeSession;
import dev.daypass.wire.daypass.SessionMessages.RevokeSessions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// Ends sessions: one's own without asking, any other where the policies allow it on the ARN of the
/// role, the user or the identity provider that it is a session of.
///
/// What does not exist, and what is another account's, looks the same; and both look like a refusal
/// to whoever may not revoke.
@Singleton
public final class RevocationActions {
  private static final String SESSION = "daypass:RevokeSession";
  private static final String SESSIONS = "daypass:RevokeSessions";

  private final PostgresLiveSessions sessions;
  private final Principals principals;
  private final Identities identities;
  private final Authorizer authorizer;
  private final Revocations revocations;

  RevocationActions(
      PostgresLiveSessions sessions,
      Principals principals,
      Identities identities,
      Authorizer authorizer,
      Revocations revocations) {
    this.sessions = sessions;
    this.principals = principals;
    this.identities = identities;
    this.authorizer = authorizer;
    this.revocations = revocations;
  }

  /// Ends a session or a sign-in with all that came of it, or all that an access key was traded for
  /// until now.
  public Uni<Nothing> revoke(Caller caller, RevokeSession request) {
    String id = request.sessionId().value();
    Instant now = caller.origin().time();
    return (id.startsWith(AccessKeyId.LONG_TERM)
            ? permitKey(caller, id).replaceWith(Revocation.before(id, now, now))
            : permitSession(caller, id).replaceWith(Revocation.of(id, now)))
        .chain(revocations::endInTransaction)
        .replaceWith(NOTHING);
  }

  private Uni<Void> permitSession(Caller caller, String id) {
    return sessions
        .find(id, caller.origin().time())
        .chain(
            found ->
                found
                    .filter(session -> Own.is(session, caller))
                    .map(_ -> Uni.createFrom().voidItem())
                    .or(() -> found.map(session -> permit(caller, session)))
                    .orElseGet(() -> unknown(caller, SESSION, "session with id " + id)));
  }

  private Uni<Void> permit(Caller caller, LiveSession session) {
    return session.account().equals(caller.account())
        ? principals
            .target(caller, session.principalArn())
            .chain(target -> authorizer.require(caller, SESSION, target))
        : unknown(caller, SESSION, "session with id " + session.id());
  }

  private Uni<Void> permitKey(Caller caller, String id) {
    return identities
        .key(id)
        .map(found -> found.filter(key -> key.account().equals(caller.account())))
        .chain(
            found ->
                found
                    .map(key -> permit(caller, key))
                    .orElseGet(() -> unknown(caller, SESSION, "Access Key with id " + id)));
  }

  private Uni<Void> permit(Caller caller, KeyOwner key) {
    return Own.user(caller).filter(key.userId()::equals).isPresent()
        ? Uni.createFrom().voidItem()
        : principals
            .targetOfUser(caller, key.userId())
            .chain(target -> authorizer.require(caller, SESSION, target));
  }

  /// Ends all that somebody was given until an instant.
  public Uni<RevokeSessions.Result> revokeAll(Caller caller, RevokeSessions request) {
    Instant now = caller.origin().time();
    Instant before = request.issuedBefore().orElse(now);
    if (before.isAfter(now)) {
      throw VALIDATION_ERROR.error("IssuedBefore must not be in the future.");
    }
    String named = request.principal().value();
    return principals
        .find(caller, request.principal())
        .chain(
            found ->
                found
                    .map(principal -> permit(caller, principal))
                    .orElseGet(() -> unknown(caller, SESSIONS, "principal " + named))
                    .replaceWith(found))
        .map(Optional::orElseThrow)
        .map(principal -> Revocation.before(principal.subject(), before, now))
        .chain(revocations::endInTransaction)
        .replaceWith(new RevokeSessions.Result(before));
  }

  private Uni<Void> permit(Caller caller, Principals.Found principal) {
    return Own.user(caller).filter(principal.subject()::equals).isPresent()
        ? Uni.createFrom().voidItem()
        : authorizer.require(caller, SESSIONS, principal.target());
  }

  private Uni<Void> unknown(Caller caller, String permission, String what) {
    return authorizer
        .require(caller, permission, Target.of("*", caller.account()))
        .invoke(
            () -> {
              throw NO_SUCH_ENTITY.error("The %s cannot be found.".formatted(what));
            });
  }
}
