package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.policy.Access;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.MinimumSessionTokenSize;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleDuration;
import dev.daypass.wire.sts.SessionPolicyText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What all ways share in which somebody whom an identity provider vouches for assumes a role.
@Singleton
final class FederatedRoles {
  private final RoleSessions roleSessions;

  FederatedRoles(RoleSessions roleSessions) {
    this.roleSessions = roleSessions;
  }

  /// What is asked for.
  ///
  /// @param action the way to assume the role, such as `sts:AssumeRoleWithSAML`
  /// @param endsAt when the session must have ended, whatever else is asked
  record Ask(
      String action,
      RoleArn roleArn,
      String sessionName,
      Optional<SessionPolicyText> policy,
      List<AssumeRole.PolicyDescriptor> policyArns,
      Optional<RoleDuration> duration,
      Optional<Instant> endsAt,
      Optional<MinimumSessionTokenSize> tokenSize) {
    /// The same, for so long.
    Ask lasting(RoleDuration wanted) {
      return new Ask(
          action, roleArn, sessionName, policy, policyArns, Optional.of(wanted), endsAt, tokenSize);
    }
  }

  /// The role, which trusts the caller. An unknown role and a distrustful one look the same from
  /// outside. The trust policy alone decides, for the tags and the source identity too.
  Uni<RoleIdentity> trusting(Caller caller, Ask ask) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    SessionTags tags = SessionTags.of(identity);
    RoleSessions.checkSourceIdentity(identity.sourceIdentity());
    TrustDecision.Wish wish =
        new TrustDecision.Wish(
            ask.action(), ask.sessionName(), Optional.empty(), tags, identity.sourceIdentity());
    return roleSessions
        .find(ask.roleArn())
        // A provider vouches to the roles of its own account, whatever others' trust policies say.
        .map(found -> found.filter(role -> role.account().equals(caller.account())))
        .map(found -> found.orElseThrow(() -> denied(ask.action())))
        .call(
            role ->
                roleSessions
                    .owner(role)
                    .map(owner -> owner.orElseThrow(() -> denied(ask.action())))
                    .invoke(
                        owner ->
                            TrustDecision.decide(Policies.NONE, caller, role, owner, wish)
                                .map(Access::action)
                                .ifPresent(FederatedRoles::refuse)))
        .call(() -> roleSessions.checkArns(ask.roleArn().account(), ask.policyArns()));
  }

  /// The policy that narrows what is asked for; refused where it is none.
  static Optional<Policy> policy(Ask ask) {
    return RoleSessions.policy(ask.policy(), ask.policyArns());
  }

  /// Begins the session.
  RoleSessions.Opened open(Caller caller, RoleIdentity role, Ask ask, Optional<Policy> policy) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    SessionTags tags = SessionTags.of(identity);
    SessionMint mint =
        new SessionMint(
            Session.Kind.ROLE,
            role.account(),
            role.arn(),
            role.id(),
            ask.sessionName(),
            Optional.empty(),
            identity.sourceIdentity(),
            tags.all(),
            tags.transitive(),
            policy,
            ask.policyArns().stream()
                .map(AssumeRole.PolicyDescriptor::arn)
                .map(Object::toString)
                .toList(),
            Lineage.of(caller),
            caller.session().flatMap(Session::signIn),
            Optional.of(identity.federation()));
    Instant now = caller.origin().time();
    return roleSessions.open(mint, role, lifetime(role, ask, now), ask.tokenSize(), now);
  }

  private static Duration lifetime(RoleIdentity role, Ask ask, Instant now) {
    Duration wanted = RoleSessions.duration(role, ask.duration());
    return ask.endsAt()
        .map(end -> Duration.between(now, end))
        .filter(left -> left.compareTo(wanted) < 0)
        .orElse(wanted);
  }

  private static void refuse(String action) {
    throw denied(action);
  }

  private static RuntimeException denied(String action) {
    return ACCESS_DENIED.error("Not authorized to perform " + action);
  }
}
