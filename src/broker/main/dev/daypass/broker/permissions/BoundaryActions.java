package dev.daypass.broker.permissions;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.PolicyArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can do to the boundaries of users and roles.
@Singleton
public final class BoundaryActions {
  private final PostgresUsers users;
  private final PostgresRoles roles;
  private final Boundaries boundaries;

  BoundaryActions(PostgresUsers users, PostgresRoles roles, Boundaries boundaries) {
    this.users = users;
    this.roles = roles;
    this.boundaries = boundaries;
  }

  /// The user or role that gets a boundary, with the boundary it gets.
  public static Target bringing(Target target, PolicyArn boundary) {
    return target.with(Boundaries.context(Optional.of(boundary.value())));
  }

  /// Gives a user a boundary, or takes it away.
  public Uni<Nothing> boundUser(Caller caller, String name, Optional<PolicyArn> boundary) {
    Optional<String> arn = boundary.map(PolicyArn::value);
    return users
        .get(caller.account(), name)
        .call(() -> boundaries.check(caller.account(), arn))
        .chain(user -> users.update(user.bounded(arn)))
        .replaceWith(NOTHING);
  }

  /// Gives a role a boundary, or takes it away.
  public Uni<Nothing> boundRole(Caller caller, String name, Optional<PolicyArn> boundary) {
    Optional<String> arn = boundary.map(PolicyArn::value);
    return roles
        .modifiable(caller.account(), name)
        .call(() -> boundaries.check(caller.account(), arn))
        .chain(role -> roles.update(role.bounded(arn)))
        .replaceWith(NOTHING);
  }
}
