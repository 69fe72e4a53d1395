package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleDuration;
import dev.daypass.wire.sts.RoleSessionName;
import dev.daypass.wire.sts.WebIdentityToken;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The roles that whoever has signed in may assume, as the evaluator sees it, and their
/// credentials. Users assume roles by AssumeRole; those without a user, for whom an OIDC provider
/// vouches, by AssumeRoleWithWebIdentity.
@Singleton
public final class AssumableRoles {
  /// What proved the caller when it signed in is kept nowhere, and nobody looks for it again.
  private static final WebIdentityToken PROVEN =
      new WebIdentityToken(Secret.of("proven at sign-in"));

  private final PostgresRoles roles;
  private final Identities identities;
  private final SessionActions sessions;
  private final WebIdentityActions webIdentities;
  private final Road road;

  AssumableRoles(
      PostgresRoles roles,
      Identities identities,
      SessionActions sessions,
      WebIdentityActions webIdentities,
      Road road) {
    this.roles = roles;
    this.identities = identities;
    this.sessions = sessions;
    this.webIdentities = webIdentities;
    this.road = road;
  }

  /// When a role can be assumed.
  public enum When {
    NOW,
    /// Only once a second factor has been verified.
    WITH_MFA
  }

  /// A role, and when the caller may have it.
  public record Assumable(Role role, When when) {}

  /// A session of a role.
  ///
  /// @param arn who calls with it
  public record Assumed(Credentials credentials, String arn) {}

  /// All of them, whosesoever they are.
  public Uni<List<Assumable>> of(Caller caller) {
    return roles
        .all()
        .chain(
            all ->
                Multi.createFrom()
                    .iterable(all)
                    .filter(role -> mayBeOf(caller, role))
                    .onItem()
                    .transformToUniAndConcatenate(role -> of(caller, role))
                    .filter(Optional::isPresent)
                    .map(Optional::get)
                    .collect()
                    .asList());
  }

  /// A provider vouches to its own account.
  private static boolean mayBeOf(Caller caller, Role role) {
    return caller.webIdentity().isEmpty() || role.account().equals(caller.account());
  }

  /// Absent for a role that the caller cannot have.
  private Uni<Optional<Assumable>> of(Caller caller, Role role) {
    return identities
        .role(role.arn())
        .chain(
            found ->
                found
                    .map(identity -> when(caller, identity))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .map(when -> when.map(is -> new Assumable(role, is)));
  }

  private Uni<Optional<When>> when(Caller caller, RoleIdentity role) {
    return caller.webIdentity().isPresent()
        ? webIdentities
            .couldAssume(caller, byWebIdentity(caller, role.arn(), Optional.empty()))
            .map(could -> could ? Optional.of(When.NOW) : Optional.empty())
        : whenOfUser(caller, role);
  }

  private Uni<Optional<When>> whenOfUser(Caller caller, RoleIdentity role) {
    AssumeRole request = byUser(caller, role.arn(), Optional.empty());
    return sessions
        .couldAssume(caller, role, request)
        .chain(
            now ->
                now
                    ? Uni.createFrom().item(Optional.of(When.NOW))
                    : sessions
                        .couldAssume(caller.withMfa(), role, request)
                        .map(later -> later ? Optional.of(When.WITH_MFA) : Optional.empty()));
  }

  /// Credentials of a role, as any caller has them: decided now, and recorded before they are given
  /// out. Fails with `AccessDenied` where the caller cannot have them.
  ///
  /// @param lifetime the longest; no longer than the sign-in of somebody without a user
  public Uni<Assumed> assume(Caller caller, String roleArn, RoleDuration lifetime) {
    Optional<RoleDuration> asked = Optional.of(lifetime);
    return caller.webIdentity().isPresent()
        ? road.take(caller, byWebIdentity(caller, roleArn, asked))
            .map(given -> new Assumed(given.credentials(), given.assumedRoleUser().arn()))
        : road.take(caller, byUser(caller, roleArn, asked))
            .map(given -> new Assumed(given.credentials(), given.assumedRoleUser().arn()));
  }

  /// How a user who has signed in asks for a role: under the user's name.
  private static AssumeRole byUser(Caller caller, String roleArn, Optional<RoleDuration> duration) {
    return new AssumeRole(
        new RoleArn(roleArn),
        new RoleSessionName(caller.user().orElseThrow().name()),
        List.of(),
        Optional.empty(),
        duration,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static AssumeRoleWithWebIdentity byWebIdentity(
      Caller caller, String roleArn, Optional<RoleDuration> duration) {
    return new AssumeRoleWithWebIdentity(
        new RoleArn(roleArn),
        sessionName(caller.webIdentity().orElseThrow().federation().subject()),
        PROVEN,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        duration,
        Optional.empty());
  }

  /// The `sub`, which the provider gives, and where it is no name its SHA-256 in Base64url: two
  /// persons never share a name.
  private static RoleSessionName sessionName(String subject) {
    try {
      return new RoleSessionName(subject);
    } catch (ConstraintViolation _) {
      return new RoleSessionName(Sha256.base64Url(subject));
    }
  }
}
