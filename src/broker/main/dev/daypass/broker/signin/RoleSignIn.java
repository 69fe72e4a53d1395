package dev.daypass.broker.signin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.sessions.AssumableRoles;
import dev.daypass.broker.upstream.UpstreamLogins.Vouched;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A sign-in straight to roles, of somebody whom a provider vouches for and who has no user. It is
/// for those alone whom a role trusts: nobody else is given anything, or told of any role.
@Singleton
final class RoleSignIn {
  private static final String NO_USER = "FEDERATED";

  private final FederatedSignIns signIns;
  private final FederatedCallers callers;
  private final AssumableRoles roles;
  private final SignInTokens tokens;
  private final Audit audit;

  RoleSignIn(
      FederatedSignIns signIns,
      FederatedCallers callers,
      AssumableRoles roles,
      SignInTokens tokens,
      Audit audit) {
    this.signIns = signIns;
    this.callers = callers;
    this.roles = roles;
    this.tokens = tokens;
    this.audit = audit;
  }

  /// Absent where no role trusts the person.
  Uni<Optional<Progress>> signIn(Origin origin, Vouched vouched) {
    FederatedSignIn signIn =
        new FederatedSignIn(
            Revocations.newSignIn(NO_USER),
            vouched.upstream().account(),
            vouched.upstream().name(),
            vouched.claims());
    return callers
        .of(signIn, facts(signIn, vouched, origin), List.of(tokens.mark()), origin)
        .chain(this::trusted)
        .chain(
            found ->
                found
                    .map(caller -> signedIn(caller, signIn).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private SignInFacts facts(FederatedSignIn signIn, Vouched vouched, Origin origin) {
    long now = origin.time().getEpochSecond();
    long expiresAt = origin.time().plus(tokens.lifetime()).getEpochSecond();
    return new SignInFacts("", signIn.id(), now, expiresAt, vouched.mfa() ? now : 0, tokens.mark());
  }

  private Uni<Optional<Caller>> trusted(Optional<Caller> found) {
    return found
        .map(
            caller -> roles.of(caller).map(all -> all.isEmpty() ? Optional.<Caller>empty() : found))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /// Recorded before it is given.
  private Uni<Progress> signedIn(Caller caller, FederatedSignIn signIn) {
    Instant now = caller.origin().time();
    SignInFacts facts = SignInFacts.of(caller);
    Attempt attempt =
        Attempt.withoutUser(
            signIn.account(),
            caller.userId(),
            signIn.upstream(),
            Proof.upstream(facts.mfaAt() != 0));
    Progress done = tokens.issueFederated(caller);
    return signIns
        .add(signIn, now, caller.session().orElseThrow().expiresAt())
        .chain(
            () ->
                audit.append(
                    SignIns.event(caller.origin(), attempt, true)
                        .by(caller)
                        .issued(IssuedSession.of(caller.session().orElseThrow(), caller.userId()))
                        .entry()))
        .replaceWith(done);
  }
}
