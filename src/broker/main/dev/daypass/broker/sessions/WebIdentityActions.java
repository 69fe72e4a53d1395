package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.policy.Access;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Trades the token of an identity provider for a session of a role that trusts the provider.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html">AssumeRoleWithWebIdentity</a>
@Singleton
public final class WebIdentityActions {
  private static final String ACTION = "sts:AssumeRoleWithWebIdentity";

  private final RoleSessions roleSessions;

  WebIdentityActions(RoleSessions roleSessions) {
    this.roleSessions = roleSessions;
  }

  /// An unknown role and a distrustful one look the same from outside. The trust policy alone
  /// decides, for the tags and the source identity of the token too.
  public Uni<AssumeRoleWithWebIdentity.Result> assumeRole(
      Caller caller, AssumeRoleWithWebIdentity request) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    SessionTags tags = SessionTags.of(identity);
    Optional<Policy> policy = RoleSessions.policy(request.policy(), request.policyArns());
    RoleSessions.checkSourceIdentity(identity.sourceIdentity());
    TrustDecision.Wish wish =
        new TrustDecision.Wish(
            ACTION,
            request.roleSessionName().value(),
            Optional.empty(),
            tags,
            identity.sourceIdentity());
    return roleSessions
        .find(request.roleArn())
        .map(found -> found.orElseThrow(() -> denied(ACTION)))
        .call(
            role ->
                roleSessions
                    .owner(role)
                    .map(owner -> owner.orElseThrow(() -> denied(ACTION)))
                    .invoke(
                        owner ->
                            TrustDecision.decide(Policies.NONE, caller, role, owner, wish)
                                .map(Access::action)
                                .ifPresent(WebIdentityActions::refuse)))
        .call(() -> roleSessions.checkArns(request.roleArn().account(), request.policyArns()))
        .map(role -> open(caller, role, request, tags, policy));
  }

  private AssumeRoleWithWebIdentity.Result open(
      Caller caller,
      RoleIdentity role,
      AssumeRoleWithWebIdentity request,
      SessionTags tags,
      Optional<Policy> policy) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    Federation federation = identity.federation();
    SessionMint mint =
        new SessionMint(
            Session.Kind.ROLE,
            role.account(),
            role.arn(),
            role.id(),
            request.roleSessionName().value(),
            Optional.empty(),
            identity.sourceIdentity(),
            tags.all(),
            tags.transitive(),
            policy,
            request.policyArns().stream()
                .map(AssumeRole.PolicyDescriptor::arn)
                .map(Object::toString)
                .toList(),
            Lineage.of(caller),
            Optional.empty(),
            Optional.of(federation));
    RoleSessions.Opened opened =
        roleSessions.open(
            mint,
            role,
            RoleSessions.duration(role, request.durationSeconds()),
            request.minimumSessionTokenSize(),
            caller.origin().time());
    return new AssumeRoleWithWebIdentity.Result(
        opened.credentials(),
        federation.subject(),
        opened.user(),
        opened.packedPolicySize(),
        federation.provider(),
        String.join(",", federation.audience()),
        identity.sourceIdentity(),
        opened.issued().utilization(),
        opened.issued().size());
  }

  private static void refuse(String action) {
    throw denied(action);
  }

  private static RuntimeException denied(String action) {
    return ACCESS_DENIED.error("Not authorized to perform " + action);
  }
}
