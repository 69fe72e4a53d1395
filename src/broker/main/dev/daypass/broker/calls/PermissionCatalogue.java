package dev.daypass.broker.calls;

import dev.daypass.broker.database.Page;
import dev.daypass.broker.groups.GroupActions;
import dev.daypass.broker.permissions.BoundaryActions;
import dev.daypass.broker.permissions.PermissionActions;
import dev.daypass.broker.permissions.Permissions;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.simulation.SimulationActions;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.iam.PermissionMessages.AttachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.GetUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.PutGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.PutRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.PutUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutUserPolicy;
import dev.daypass.wire.iam.SimulationMessages.GetContextKeysForCustomPolicy;
import dev.daypass.wire.iam.SimulationMessages.GetContextKeysForPrincipalPolicy;
import dev.daypass.wire.iam.SimulationMessages.SimulateCustomPolicy;
import dev.daypass.wire.iam.SimulationMessages.SimulatePrincipalPolicy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The actions of IAM that give policies to users, groups and roles, take them away, and ask what
/// would come of them.
@Singleton
final class PermissionCatalogue implements CatalogueSection {
  private final UserActions users;
  private final GroupActions groups;
  private final RoleActions roles;
  private final PermissionActions permissions;
  private final BoundaryActions boundaries;
  private final SimulationActions simulations;

  PermissionCatalogue(
      UserActions users,
      GroupActions groups,
      RoleActions roles,
      PermissionActions permissions,
      BoundaryActions boundaries,
      SimulationActions simulations) {
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.permissions = permissions;
    this.boundaries = boundaries;
    this.simulations = simulations;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return Stream.of(
            userPermissions(), groupPermissions(), rolePermissions(), boundaries(), simulations())
        .flatMap(List::stream)
        .toList();
  }

  private List<Action<?, ?>> userPermissions() {
    Permissions given = permissions.users();
    return List.of(
        Action.read(
            GetUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) ->
                given
                    .get(c, r.userName().value(), r.policyName())
                    .map(is -> new GetUserPolicy.Result(is.owner(), is.name(), is.document()))),
        Action.read(
            ListUserPolicies.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) ->
                given.list(c, r.userName().value(), Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.read(
            ListAttachedUserPolicies.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) ->
                given.listAttached(
                    c,
                    r.userName().value(),
                    r.pathPrefix(),
                    Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.write(
            PutUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) -> given.put(c, r.userName().value(), r.policyName(), r.policyDocument())),
        Action.write(
            DeleteUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) -> given.delete(c, r.userName().value(), r.policyName())),
        Action.write(
            AttachUserPolicy.class,
            (c, r) -> given.target(c, r.userName().value(), r.policyArn()),
            (c, r) -> given.attach(c, r.userName().value(), r.policyArn())),
        Action.write(
            DetachUserPolicy.class,
            (c, r) -> given.target(c, r.userName().value(), r.policyArn()),
            (c, r) -> given.detach(c, r.userName().value(), r.policyArn())));
  }

  private List<Action<?, ?>> groupPermissions() {
    Permissions given = permissions.groups();
    return List.of(
        Action.read(
            GetGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            (c, r) ->
                given
                    .get(c, r.groupName().value(), r.policyName())
                    .map(is -> new GetGroupPolicy.Result(is.owner(), is.name(), is.document()))),
        Action.read(
            ListGroupPolicies.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            (c, r) ->
                given.list(c, r.groupName().value(), Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.read(
            ListAttachedGroupPolicies.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            (c, r) ->
                given.listAttached(
                    c,
                    r.groupName().value(),
                    r.pathPrefix(),
                    Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.write(
            PutGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            (c, r) -> given.put(c, r.groupName().value(), r.policyName(), r.policyDocument())),
        Action.write(
            DeleteGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            (c, r) -> given.delete(c, r.groupName().value(), r.policyName())),
        Action.write(
            AttachGroupPolicy.class,
            (c, r) -> given.target(c, r.groupName().value(), r.policyArn()),
            (c, r) -> given.attach(c, r.groupName().value(), r.policyArn())),
        Action.write(
            DetachGroupPolicy.class,
            (c, r) -> given.target(c, r.groupName().value(), r.policyArn()),
            (c, r) -> given.detach(c, r.groupName().value(), r.policyArn())));
  }

  private List<Action<?, ?>> rolePermissions() {
    Permissions given = permissions.roles();
    return List.of(
        Action.read(
            GetRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) ->
                given
                    .get(c, r.roleName().value(), r.policyName())
                    .map(is -> new GetRolePolicy.Result(is.owner(), is.name(), is.document()))),
        Action.read(
            ListRolePolicies.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) ->
                given.list(c, r.roleName().value(), Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.read(
            ListAttachedRolePolicies.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) ->
                given.listAttached(
                    c,
                    r.roleName().value(),
                    r.pathPrefix(),
                    Page.Wanted.of(r.marker(), r.maxItems()))),
        Action.write(
            PutRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) -> given.put(c, r.roleName().value(), r.policyName(), r.policyDocument())),
        Action.write(
            DeleteRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) -> given.delete(c, r.roleName().value(), r.policyName())),
        Action.write(
            AttachRolePolicy.class,
            (c, r) -> given.target(c, r.roleName().value(), r.policyArn()),
            (c, r) -> given.attach(c, r.roleName().value(), r.policyArn())),
        Action.write(
            DetachRolePolicy.class,
            (c, r) -> given.target(c, r.roleName().value(), r.policyArn()),
            (c, r) -> given.detach(c, r.roleName().value(), r.policyArn())));
  }

  private List<Action<?, ?>> boundaries() {
    return List.of(
        Action.write(
            PutUserPermissionsBoundary.class,
            (c, r) ->
                users
                    .target(c, r.userName().value())
                    .map(t -> BoundaryActions.bringing(t, r.permissionsBoundary())),
            (c, r) ->
                boundaries.boundUser(
                    c, r.userName().value(), Optional.of(r.permissionsBoundary()))),
        Action.write(
            DeleteUserPermissionsBoundary.class,
            (c, r) -> users.target(c, r.userName().value()),
            (c, r) -> boundaries.boundUser(c, r.userName().value(), Optional.empty())),
        Action.write(
            PutRolePermissionsBoundary.class,
            (c, r) ->
                roles
                    .target(c, r.roleName().value())
                    .map(t -> BoundaryActions.bringing(t, r.permissionsBoundary())),
            (c, r) ->
                boundaries.boundRole(
                    c, r.roleName().value(), Optional.of(r.permissionsBoundary()))),
        Action.write(
            DeleteRolePermissionsBoundary.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            (c, r) -> boundaries.boundRole(c, r.roleName().value(), Optional.empty())));
  }

  private List<Action<?, ?>> simulations() {
    return List.of(
        Action.read(
            SimulateCustomPolicy.class,
            (c, r) -> simulations.anything(c),
            simulations::simulateCustom),
        Action.read(
            SimulatePrincipalPolicy.class,
            (c, r) -> simulations.target(c, r.policySourceArn()),
            simulations::simulatePrincipal),
        Action.read(
            GetContextKeysForCustomPolicy.class,
            (c, r) -> simulations.anything(c),
            simulations::keysOfCustom),
        Action.read(
            GetContextKeysForPrincipalPolicy.class,
            (c, r) -> simulations.target(c, r.policySourceArn()),
            simulations::keysOfPrincipal));
  }
}
