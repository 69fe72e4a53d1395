package dev.daypass.broker.permissions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.grants.InlinePolicies;
import dev.daypass.broker.grants.Owner;
import dev.daypass.broker.groups.GroupActions;
import dev.daypass.broker.groups.PostgresGroups;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.UserActions;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.BiFunction;

/// The permissions of users, of groups and of roles.
@Singleton
public final class PermissionActions {
  private final Permissions users;
  private final Permissions groups;
  private final Permissions roles;

  PermissionActions(
      PostgresUsers storedUsers,
      PostgresGroups storedGroups,
      PostgresRoles storedRoles,
      UserActions userActions,
      GroupActions groupActions,
      RoleActions roleActions,
      InlinePolicies inlinePolicies,
      Attachments attachments,
      Boundaries boundaries) {
    BiFunction<String, String, Uni<Owner>> user =
        (account, name) ->
            storedUsers
                .get(account, name)
                .map(is -> new Owner(Owner.Kind.USER, is.id(), is.name()));
    BiFunction<String, String, Uni<Owner>> group =
        (account, name) ->
            storedGroups
                .get(account, name)
                .map(is -> new Owner(Owner.Kind.GROUP, is.id(), is.name()));
    BiFunction<String, String, Uni<Owner>> role =
        (account, name) -> storedRoles.get(account, name).map(PermissionActions::owner);
    BiFunction<String, String, Uni<Owner>> modifiableRole =
        (account, name) -> storedRoles.modifiable(account, name).map(PermissionActions::owner);
    users =
        new Permissions(
            owners(user, user, userActions::target), inlinePolicies, attachments, boundaries);
    groups =
        new Permissions(
            owners(group, group, groupActions::target), inlinePolicies, attachments, boundaries);
    roles =
        new Permissions(
            owners(role, modifiableRole, roleActions::target),
            inlinePolicies,
            attachments,
            boundaries);
  }

  private static Owner owner(Role role) {
    return new Owner(Owner.Kind.ROLE, role.id(), role.name());
  }

  private static Permissions.Owners owners(
      BiFunction<String, String, Uni<Owner>> get,
      BiFunction<String, String, Uni<Owner>> modifiable,
      BiFunction<Caller, String, Uni<Target>> target) {
    return new Permissions.Owners() {
      @Override
      public Uni<Owner> get(String account, String name) {
        return get.apply(account, name);
      }

      @Override
      public Uni<Owner> modifiable(String account, String name) {
        return modifiable.apply(account, name);
      }

      @Override
      public Uni<Target> target(Caller caller, String name) {
        return target.apply(caller, name);
      }
    };
  }

  public Permissions users() {
    return users;
  }

  public Permissions groups() {
    return groups;
  }

  public Permissions roles() {
    return roles;
  }
}
