package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.policy.Policy;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.WireError;
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
    FederatedRoles.Ask ask = ask(caller, request);
    Optional<Policy> policy = FederatedRoles.policy(ask);
    return roles
        .trusting(caller, ask)
        .map(role -> result(caller, roles.open(caller, role, ask, policy)));
  }

  /// Whether the caller could assume the role, as things are.
  Uni<Boolean> couldAssume(Caller caller, AssumeRoleWithWebIdentity request) {
    return Uni.createFrom()
        .deferred(() -> roles.trusting(caller, ask(caller, request)))
        .replaceWith(true)
        .onFailure(WebIdentityActions::refused)
        .recoverWithItem(false);
  }

  private static boolean refused(Throwable failure) {
    return failure instanceof ApiError refusal
        && refusal.code().status() < WireError.FIRST_SERVER_FAULT;
  }

  /// What comes of a sign-in ends no later than it.
  private static FederatedRoles.Ask ask(Caller caller, AssumeRoleWithWebIdentity request) {
    return new FederatedRoles.Ask(
        ACTION,
        request.roleArn(),
        request.roleSessionName().value(),
        request.policy(),
        request.policyArns(),
        request.durationSeconds(),
        caller.session().map(Session::expiresAt),
        request.minimumSessionTokenSize());
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
