package dev.daypass.broker.permissions;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.grants.Owner;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.policy.Policy;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.PermissionMessages.AttachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.GetRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PermissionMessages.PutRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutRolePolicy;
import dev.daypass.wire.iam.PolicyArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can give to roles, and take away.
@Singleton
public final class RolePermissionActions {
  private final PostgresRoles roles;
  private final RoleActions actions;
  private final Giving giving;

  RolePermissionActions(PostgresRoles roles, RoleActions actions, Giving giving) {
    this.roles = roles;
    this.actions = actions;
    this.giving = giving;
  }

  /// The role that a managed policy is attached to or detached from.
  public Uni<Target> target(Caller caller, String roleName, PolicyArn policy) {
    return actions.target(caller, roleName).map(target -> Giving.naming(target, policy));
  }

  public Uni<Nothing> put(Caller caller, PutRolePolicy request) {
    Policy policy = Giving.parse(request.policyName(), request.policyDocument());
    return owner(caller, request.roleName().value()).chain(owner -> giving.put(owner, policy));
  }

  public Uni<GetRolePolicy.Result> get(Caller caller, GetRolePolicy request) {
    return owner(caller, request.roleName().value())
        .chain(
            owner ->
                giving
                    .get(owner, request.policyName())
                    .map(
                        text ->
                            new GetRolePolicy.Result(
                                owner.name(), request.policyName().value(), text)));
  }

  public Uni<Nothing> delete(Caller caller, DeleteRolePolicy request) {
    return owner(caller, request.roleName().value())
        .chain(owner -> giving.delete(owner, request.policyName()));
  }

  public Uni<PolicyNamePage> list(Caller caller, ListRolePolicies request) {
    return owner(caller, request.roleName().value())
        .chain(owner -> giving.list(owner, request.marker(), request.maxItems()));
  }

  public Uni<Nothing> attach(Caller caller, AttachRolePolicy request) {
    return owner(caller, request.roleName().value())
        .chain(owner -> giving.attach(caller, owner, request.policyArn()));
  }

  public Uni<Nothing> detach(Caller caller, DetachRolePolicy request) {
    return owner(caller, request.roleName().value())
        .chain(owner -> giving.detach(owner, request.policyArn()));
  }

  public Uni<AttachedPolicyPage> listAttached(Caller caller, ListAttachedRolePolicies request) {
    return owner(caller, request.roleName().value())
        .chain(
            owner ->
                giving.listAttached(
                    owner, request.pathPrefix(), request.marker(), request.maxItems()));
  }

  /// The role that gets a boundary, with the boundary it gets.
  public Uni<Target> bounded(Caller caller, PutRolePermissionsBoundary request) {
    return actions
        .target(caller, request.roleName().value())
        .map(
            target ->
                target.with(
                    Boundaries.context(Optional.of(request.permissionsBoundary().value()))));
  }

  public Uni<Nothing> putBoundary(Caller caller, PutRolePermissionsBoundary request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .call(() -> giving.checkBoundary(caller, request.permissionsBoundary()))
        .map(role -> role.bounded(Optional.of(request.permissionsBoundary().value())))
        .chain(roles::update)
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> deleteBoundary(Caller caller, DeleteRolePermissionsBoundary request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .map(role -> role.bounded(Optional.empty()))
        .chain(roles::update)
        .replaceWith(NOTHING);
  }

  private Uni<Owner> owner(Caller caller, String name) {
    return roles
        .get(caller.account(), name)
        .map(role -> new Owner(Owner.Kind.ROLE, role.id(), role.name()));
  }
}
