package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.DUPLICATE_POLICY_ATTACHMENT;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_NOT_ATTACHED;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_TYPE_NOT_ENABLED;
import static dev.daypass.wire.organizations.OrganizationsError.TARGET_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.organizations.PolicyMessages.AttachPolicy;
import dev.daypass.wire.organizations.PolicyMessages.DetachPolicy;
import dev.daypass.wire.organizations.PolicyMessages.ListPoliciesForTarget;
import dev.daypass.wire.organizations.PolicyMessages.ListTargetsForPolicy;
import dev.daypass.wire.organizations.PolicyMessages.PolicyPage;
import dev.daypass.wire.organizations.PolicyMessages.PolicyTargetSummary;
import dev.daypass.wire.organizations.PolicyType;
import dev.daypass.wire.organizations.TargetType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// What callers can do about which policies are in force where.
@Singleton
public final class AttachmentActions {
  private final Organizations guard;
  private final PostgresOrganizations organizations;
  private final PostgresTree tree;
  private final PostgresControlPolicies policies;
  private final PostgresAccounts accounts;

  AttachmentActions(
      Organizations guard,
      PostgresOrganizations organizations,
      PostgresTree tree,
      PostgresControlPolicies policies,
      PostgresAccounts accounts) {
    this.guard = guard;
    this.organizations = organizations;
    this.tree = tree;
    this.policies = policies;
    this.accounts = accounts;
  }

  public Uni<Nothing> attach(Caller caller, AttachPolicy request) {
    String target = request.targetId().value();
    return guard
        .managed(caller)
        .chain(
            organization ->
                policy(organization, request.policyId().value())
                    .call(() -> refuseAbsent(organization, target))
                    .call(policy -> refuseDisabled(organization, policy.type()))
                    .call(policy -> refuseAttached(policy, target))
                    .call(policy -> checkLimit(policy, target))
                    .chain(
                        policy ->
                            policies.attach(organization.id(), policy.id(), policy.type(), target)))
        .replaceWith(NOTHING);
  }

  private Uni<ControlPolicy> policy(Organization organization, String id) {
    return policies
        .find(organization.id(), id)
        .map(found -> found.orElseThrow(POLICY_NOT_FOUND::error));
  }

  private Uni<Void> refuseAbsent(Organization organization, String target) {
    return guard
        .has(organization, target)
        .invoke(
            there -> {
              if (!there) {
                throw TARGET_NOT_FOUND.error();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> refuseDisabled(Organization organization, PolicyType type) {
    return organizations
        .types(organization.id())
        .invoke(
            types -> {
              if (!types.contains(type)) {
                throw POLICY_TYPE_NOT_ENABLED.error();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> refuseAttached(ControlPolicy policy, String target) {
    return policies
        .attached(policy.id(), target)
        .invoke(
            attached -> {
              if (attached) {
                throw DUPLICATE_POLICY_ATTACHMENT.error();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> checkLimit(ControlPolicy policy, String target) {
    return policies
        .slots(target, policy.type())
        .invoke(slots -> Limit.MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED.check(slots.size() + 1L))
        .replaceWithVoid();
  }

  /// The last policy of a type cannot go, nor can the one that lets RCPs deny at all.
  public Uni<Nothing> detach(Caller caller, DetachPolicy request) {
    String target = request.targetId().value();
    return guard
        .managed(caller)
        .chain(
            organization ->
                policy(organization, request.policyId().value())
                    .call(() -> refuseAbsent(organization, target))
                    .call(policy -> refuseDetached(policy, target))
                    .invoke(AttachmentActions::refuseFixed)
                    .call(policy -> refuseLast(policy, target)))
        .chain(policy -> policies.detach(policy.id(), target))
        .replaceWith(NOTHING);
  }

  private Uni<Void> refuseDetached(ControlPolicy policy, String target) {
    return policies
        .attached(policy.id(), target)
        .invoke(
            attached -> {
              if (!attached) {
                throw POLICY_NOT_ATTACHED.error();
              }
            })
        .replaceWithVoid();
  }

  private static void refuseFixed(ControlPolicy policy) {
    if (policy.ofAws() && policy.type() == PolicyType.RESOURCE_CONTROL_POLICY) {
      throw INVALID_INPUT
          .error("You can't detach this AWS managed policy.")
          .with("reason", "NON_DETACHABLE_POLICY");
    }
  }

  private Uni<Void> refuseLast(ControlPolicy policy, String target) {
    return policies
        .slots(target, policy.type())
        .invoke(
            slots -> {
              if (slots.size() == 1) {
                throw Limit.refusal(
                    "You cannot remove the last policy attached to the specified target. You must"
                        + " have at least one attached at all times.",
                    "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
              }
            })
        .replaceWithVoid();
  }

  public Uni<PolicyPage> listForTarget(Caller caller, ListPoliciesForTarget request) {
    String target = request.targetId().value();
    return guard
        .managed(caller)
        .chain(
            organization ->
                refuseAbsent(organization, target)
                    .chain(
                        () ->
                            policies.attachedTo(
                                target,
                                request.filter(),
                                Pages.wanted(request.nextToken(), request.maxResults())))
                    .map(
                        page ->
                            page.map(policy -> ControlPolicyActions.summary(organization, policy)))
                    .map(page -> new PolicyPage(page.items(), page.marker())));
  }

  public Uni<ListTargetsForPolicy.Result> listTargets(Caller caller, ListTargetsForPolicy request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                policy(organization, request.policyId().value())
                    .chain(
                        policy ->
                            policies.targets(
                                organization.id(),
                                policy.id(),
                                Pages.wanted(request.nextToken(), request.maxResults())))
                    .chain(page -> shown(organization, page)));
  }

  private Uni<ListTargetsForPolicy.Result> shown(Organization organization, Page<String> page) {
    Uni<List<PolicyTargetSummary>> all = Uni.createFrom().item(List.of());
    for (String target : page.items()) {
      all = all.chain(sofar -> summary(organization, target).map(next -> plus(sofar, next)));
    }
    return all.map(targets -> new ListTargetsForPolicy.Result(targets, page.marker()));
  }

  private Uni<PolicyTargetSummary> summary(Organization organization, String target) {
    return Character.isDigit(target.charAt(0))
        ? accounts
            .find(target)
            .map(
                account ->
                    new PolicyTargetSummary(
                        target,
                        organization.accountArn(target),
                        account.orElseThrow().name(),
                        TargetType.ACCOUNT))
        : tree.unit(organization.id(), target)
            .map(
                unit ->
                    new PolicyTargetSummary(
                        target,
                        organization.unitArn(target),
                        unit.orElseThrow().name(),
                        Unit.isRoot(target) ? TargetType.ROOT : TargetType.ORGANIZATIONAL_UNIT));
  }

  private static <T> List<T> plus(List<T> sofar, T next) {
    List<T> all = new ArrayList<>(sofar);
    all.add(next);
    return all;
  }
}
