package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.SamlFederation;
import dev.daypass.broker.access.SamlSession;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.saml.UsedAssertions;
import dev.daypass.policy.Policy;
import dev.daypass.wire.sts.AssumeRoleWithSAML;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Trades the assertion of a SAML provider for a session of a role that trusts the provider.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html">AssumeRoleWithSAML</a>
@Singleton
public final class SamlActions {
  private static final String ACTION = "sts:AssumeRoleWithSAML";

  private final FederatedRoles roles;
  private final UsedAssertions used;

  SamlActions(FederatedRoles roles, UsedAssertions used) {
    this.roles = roles;
    this.used = used;
  }

  /// An assertion is used up by the session it is traded for, and not by a refusal.
  public Uni<AssumeRoleWithSAML.Result> assumeRole(Caller caller, AssumeRoleWithSAML request) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    SamlSession session = (SamlSession) identity.terms().orElseThrow();
    FederatedRoles.Ask ask =
        new FederatedRoles.Ask(
            ACTION,
            request.roleArn(),
            session.name(),
            request.policy(),
            request.policyArns(),
            request.durationSeconds(),
            session.endsAt(),
            request.minimumSessionTokenSize());
    Optional<Policy> policy = FederatedRoles.policy(ask);
    return roles
        .trusting(caller, ask)
        .map(role -> roles.open(caller, role, ask, policy))
        .call(() -> used.use(identity.federation().provider(), session, caller.origin().time()))
        .map(opened -> result(identity, session, opened));
  }

  private static AssumeRoleWithSAML.Result result(
      WebIdentity identity, SamlSession session, RoleSessions.Opened opened) {
    SamlFederation federation = (SamlFederation) identity.federation();
    return new AssumeRoleWithSAML.Result(
        opened.credentials(),
        opened.user(),
        opened.packedPolicySize(),
        federation.subject(),
        federation.subjectType(),
        session.issuer(),
        session.recipient(),
        federation.nameQualifier(),
        identity.sourceIdentity(),
        opened.issued().utilization(),
        opened.issued().size());
  }
}
