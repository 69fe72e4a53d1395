package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.CertificateFederation;
import dev.daypass.broker.access.CertificateSession;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.rolesanywhere.CertificateIdentities;
import dev.daypass.policy.Policy;
import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.CreateSession;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.RoleDuration;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Trades a certificate for a session of a role that trusts Roles Anywhere to do so.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html">CreateSession</a>
@Singleton
public final class CertificateActions {
  private static final String ACTION = "sts:AssumeRole";

  private final FederatedRoles roles;
  private final CertificateIdentities identities;

  CertificateActions(FederatedRoles roles, CertificateIdentities identities) {
    this.roles = roles;
    this.identities = identities;
  }

  /// A session lasts as long as the request, the profile and the role all allow, and no longer than
  /// the certificate.
  public Uni<CreateSession.Result> create(Caller caller, CreateSession request) {
    WebIdentity identity = caller.webIdentity().orElseThrow();
    CertificateSession session = (CertificateSession) identity.terms().orElseThrow();
    FederatedRoles.Ask ask =
        new FederatedRoles.Ask(
            ACTION,
            request.roleArn(),
            session.name(),
            session.policy(),
            session.policyArns().stream().map(AssumeRole.PolicyDescriptor::new).toList(),
            Optional.empty(),
            Optional.of(session.endsAt()),
            Optional.empty());
    Optional<Policy> policy = FederatedRoles.policy(ask);
    return roles
        .trusting(caller, ask)
        .map(role -> roles.open(caller, role, ask.lasting(longest(session, role)), policy))
        .call(() -> identities.note(caller))
        .map(opened -> result(identity, request, opened));
  }

  private static RoleDuration longest(CertificateSession session, RoleIdentity role) {
    Duration shorter =
        session.longest().compareTo(role.longestSession()) < 0
            ? session.longest()
            : role.longestSession();
    return new RoleDuration((int) shorter.toSeconds());
  }

  private static CreateSession.Result result(
      WebIdentity identity, CreateSession request, RoleSessions.Opened opened) {
    Credentials credentials = opened.credentials();
    return new CreateSession.Result(
        List.of(
            new CreateSession.CredentialResponse(
                opened.user(),
                new CreateSession.Credentials(
                    credentials.accessKeyId().value(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken(),
                    DateTime.of(credentials.expiration())),
                opened.packedPolicySize(),
                request.roleArn().value(),
                identity.sourceIdentity())),
        ((CertificateFederation) identity.federation()).subjectArn());
  }
}
