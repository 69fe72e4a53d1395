package dev.daypass.broker.permissions;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.grants.Owner;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.UserActions;
import dev.daypass.policy.Policy;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.PermissionMessages.AttachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PermissionMessages.PutUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutUserPolicy;
import dev.daypass.wire.iam.PolicyArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can give to users, and take away.
@Singleton
public final class UserPermissionActions {
  private final PostgresUsers users;
  private final UserActions actions;
  private final Giving giving;

  UserPermissionActions(PostgresUsers users, UserActions actions, Giving giving) {
    this.users = users;
    this.actions = actions;
    this.giving = giving;
  }

  /// The user that a managed policy is attached to or detached from.
  public Uni<Target> target(Caller caller, String userName, PolicyArn policy) {
    return actions.target(caller, userName).map(target -> Giving.naming(target, policy));
  }

  public Uni<Nothing> put(Caller caller, PutUserPolicy request) {
    Policy policy = Giving.parse(request.policyName(), request.policyDocument());
    return owner(caller, request.userName().value()).chain(owner -> giving.put(owner, policy));
  }

  public Uni<GetUserPolicy.Result> get(Caller caller, GetUserPolicy request) {
    return owner(caller, request.userName().value())
        .chain(
            owner ->
                giving
                    .get(owner, request.policyName())
                    .map(
                        text ->
                            new GetUserPolicy.Result(
                                owner.name(), request.policyName().value(), text)));
  }

  public Uni<Nothing> delete(Caller caller, DeleteUserPolicy request) {
    return owner(caller, request.userName().value())
        .chain(owner -> giving.delete(owner, request.policyName()));
  }

  public Uni<PolicyNamePage> list(Caller caller, ListUserPolicies request) {
    return owner(caller, request.userName().value())
        .chain(owner -> giving.list(owner, request.marker(), request.maxItems()));
  }

  public Uni<Nothing> attach(Caller caller, AttachUserPolicy request) {
    return owner(caller, request.userName().value())
        .chain(owner -> giving.attach(caller, owner, request.policyArn()));
  }

  public Uni<Nothing> detach(Caller caller, DetachUserPolicy request) {
    return owner(caller, request.userName().value())
        .chain(owner -> giving.detach(owner, request.policyArn()));
  }

  public Uni<AttachedPolicyPage> listAttached(Caller caller, ListAttachedUserPolicies request) {
    return owner(caller, request.userName().value())
        .chain(
            owner ->
                giving.listAttached(
                    owner, request.pathPrefix(), request.marker(), request.maxItems()));
  }

  /// The user that gets a boundary, with the boundary it gets.
  public Uni<Target> bounded(Caller caller, PutUserPermissionsBoundary request) {
    return actions
        .target(caller, request.userName().value())
        .map(
            target ->
                target.with(
                    Boundaries.context(Optional.of(request.permissionsBoundary().value()))));
  }

  public Uni<Nothing> putBoundary(Caller caller, PutUserPermissionsBoundary request) {
    return users
        .get(caller.account(), request.userName().value())
        .call(() -> giving.checkBoundary(caller, request.permissionsBoundary()))
        .map(user -> user.bounded(Optional.of(request.permissionsBoundary().value())))
        .chain(users::update)
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> deleteBoundary(Caller caller, DeleteUserPermissionsBoundary request) {
    return users
        .get(caller.account(), request.userName().value())
        .map(user -> user.bounded(Optional.empty()))
        .chain(users::update)
        .replaceWith(NOTHING);
  }

  private Uni<Owner> owner(Caller caller, String name) {
    return users
        .get(caller.account(), name)
        .map(user -> new Owner(Owner.Kind.USER, user.id(), user.name()));
  }
}
