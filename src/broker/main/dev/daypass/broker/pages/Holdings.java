package dev.daypass.broker.pages;

import dev.daypass.broker.access.AccessDenied;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.pages.AdminTemplates.Entry;
import dev.daypass.broker.pages.AdminTemplates.Holding;
import dev.daypass.broker.pages.AdminTemplates.PolicyTold;
import dev.daypass.broker.pages.Pages.Outcome;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyMessages.ListPolicies;
import dev.daypass.wire.iam.PolicyName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The policies that users, groups and roles have: the same part of each one's page.
@Singleton
final class Holdings {
  private final Authorizer authorizer;

  Holdings(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  Uni<Holding> of(AdminVisit visit, Holder holder, String name) {
    return Uni.combine()
        .all()
        .unis(attached(visit, holder, name), inline(visit, holder, name), offered(visit))
        // One after the other: they share what they read with.
        .usingConcurrencyOf(1)
        .with(
            (attached, inline, offered) ->
                new Holding(holder.kind(), name, attached, inline, offered));
  }

  private static Uni<List<Entry>> attached(AdminVisit visit, Holder holder, String name) {
    return visit
        .take(holder.attached(name))
        .map(
            found ->
                found.attachedPolicies().stream()
                    .map(is -> Entry.of(is.policyName(), is.policyArn()))
                    .toList());
  }

  private static Uni<List<PolicyTold>> inline(AdminVisit visit, Holder holder, String name) {
    return visit
        .take(holder.inline(name))
        .onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found.policyNames()))
        .onItem()
        .transformToUniAndConcatenate(
            policy ->
                holder
                    .document(visit, name, new PolicyName(policy))
                    .map(text -> PolicyTexts.told(policy, PolicyType.IDENTITY, text.value())))
        .collect()
        .asList();
  }

  /// What can be attached, as far as it is theirs to see.
  private Uni<List<Entry>> offered(AdminVisit visit) {
    String account = visit.caller().account();
    return authorizer
        .require(
            visit.caller(),
            "iam:ListPolicies",
            Target.of(Arn.iam(account, "policy/").toString(), account))
        .chain(() -> visit.take(policies()))
        .map(
            found ->
                found.policies().stream().map(is -> Entry.of(is.policyName(), is.arn())).toList())
        .onFailure(AccessDenied.class)
        .recoverWithItem(List.of());
  }

  private static ListPolicies policies() {
    return new ListPolicies(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Uni<Outcome> attach(AdminVisit visit, Holder holder, String name) {
    return visit.take(holder.attach(name, policy(visit))).map(_ -> holder.page(name));
  }

  static Uni<Outcome> detach(AdminVisit visit, Holder holder, String name) {
    return visit.take(holder.detach(name, policy(visit))).map(_ -> holder.page(name));
  }

  private static PolicyArn policy(AdminVisit visit) {
    return AdminVisit.named(visit.given("policy"), PolicyArn::new);
  }
}
