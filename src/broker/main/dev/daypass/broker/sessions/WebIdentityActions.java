package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.policy.Policy;
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

  private final FederatedRoles roles;

  WebIdentityActions(FederatedRoles roles) {
    this.roles = roles;
  }

  public Uni<AssumeRoleWithWebIdentity.Result> assumeRole(
      Caller caller, AssumeRoleWithWebIdentity request) {
    FederatedRoles.Ask ask =
        new FederatedRoles.Ask(
            ACTION,
            request.roleArn(),
            request.roleSessionName().value(),
            request.policy(),
            request.policyArns(),
            request.durationSeconds(),
            Optional.empty(),
            request.minimumSessionTokenSize());
    Optional<Policy> policy = FederatedRoles.policy(ask);
    return roles
        .trusting(caller, ask)
        .map(role -> result(caller, roles.open(caller, role, ask, policy)));
  }

  private static AssumeRoleWithWebIdentity.Result result(
      Caller caller, RoleSessions.Opened opened) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    OidcFederation federation = (OidcFederation) identity.federation();
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
}
