package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleDuration;
import dev.daypass.wire.sts.RoleSessionName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The roles that whoever has signed in may assume, as the evaluator sees it.
@Singleton
public final class AssumableRoles {
  private final PostgresRoles roles;
  private final Identities identities;
  private final SessionActions sessions;

  AssumableRoles(PostgresRoles roles, Identities identities, SessionActions sessions) {
    this.roles = roles;
    this.identities = identities;
    this.sessions = sessions;
  }

  /// When a role can be assumed.
  public enum When {
    NOW,
    /// Only once a second factor has been verified.
    WITH_MFA
  }

  /// A role, and when the caller may have it.
  public record Assumable(Role role, When when) {}

  /// All of them, whosesoever they are.
  public Uni<List<Assumable>> of(Caller caller) {
    return roles
        .all()
        .chain(
            all ->
                Multi.createFrom()
                    .iterable(all)
                    .onItem()
                    .transformToUniAndConcatenate(role -> of(caller, role))
                    .filter(Optional::isPresent)
                    .map(Optional::get)
                    .collect()
                    .asList());
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
    AssumeRole request = request(caller, role.arn(), Optional.empty());
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

  /// How a user who has signed in asks for a role: under the user's name.
  public static AssumeRole request(Caller caller, String roleArn, Optional<RoleDuration> duration) {
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
}
