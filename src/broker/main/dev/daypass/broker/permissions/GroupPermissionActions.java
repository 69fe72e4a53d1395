package dev.daypass.broker.permissions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.grants.Owner;
import dev.daypass.broker.groups.GroupActions;
import dev.daypass.broker.groups.PostgresGroups;
import dev.daypass.policy.Policy;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.PermissionMessages.AttachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.DeleteGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PermissionMessages.PutGroupPolicy;
import dev.daypass.wire.iam.PolicyArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What callers can give to groups, and take away.
@Singleton
public final class GroupPermissionActions {
  private final PostgresGroups groups;
  private final GroupActions actions;
  private final Giving giving;

  GroupPermissionActions(PostgresGroups groups, GroupActions actions, Giving giving) {
    this.groups = groups;
    this.actions = actions;
    this.giving = giving;
  }

  /// The group that a managed policy is attached to or detached from.
  public Uni<Target> target(Caller caller, String groupName, PolicyArn policy) {
    return actions.target(caller, groupName).map(target -> Giving.naming(target, policy));
  }

  public Uni<Nothing> put(Caller caller, PutGroupPolicy request) {
    Policy policy = Giving.parse(request.policyName(), request.policyDocument());
    return owner(caller, request.groupName().value()).chain(owner -> giving.put(owner, policy));
  }

  public Uni<GetGroupPolicy.Result> get(Caller caller, GetGroupPolicy request) {
    return owner(caller, request.groupName().value())
        .chain(
            owner ->
                giving
                    .get(owner, request.policyName())
                    .map(
                        text ->
                            new GetGroupPolicy.Result(
                                owner.name(), request.policyName().value(), text)));
  }

  public Uni<Nothing> delete(Caller caller, DeleteGroupPolicy request) {
    return owner(caller, request.groupName().value())
        .chain(owner -> giving.delete(owner, request.policyName()));
  }

  public Uni<PolicyNamePage> list(Caller caller, ListGroupPolicies request) {
    return owner(caller, request.groupName().value())
        .chain(owner -> giving.list(owner, request.marker(), request.maxItems()));
  }

  public Uni<Nothing> attach(Caller caller, AttachGroupPolicy request) {
    return owner(caller, request.groupName().value())
        .chain(owner -> giving.attach(caller, owner, request.policyArn()));
  }

  public Uni<Nothing> detach(Caller caller, DetachGroupPolicy request) {
    return owner(caller, request.groupName().value())
        .chain(owner -> giving.detach(owner, request.policyArn()));
  }

  public Uni<AttachedPolicyPage> listAttached(Caller caller, ListAttachedGroupPolicies request) {
    return owner(caller, request.groupName().value())
        .chain(
            owner ->
                giving.listAttached(
                    owner, request.pathPrefix(), request.marker(), request.maxItems()));
  }

  private Uni<Owner> owner(Caller caller, String name) {
    return groups
        .get(caller.account(), name)
        .map(group -> new Owner(Owner.Kind.GROUP, group.id(), group.name()));
  }
}
