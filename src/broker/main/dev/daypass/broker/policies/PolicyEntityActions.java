package dev.daypass.broker.policies;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.policies.PolicyEntities.Entity;
import dev.daypass.wire.iam.EntityType;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PolicyMessages.ListEntitiesForPolicy;
import dev.daypass.wire.iam.PolicyMessages.PolicyGroup;
import dev.daypass.wire.iam.PolicyMessages.PolicyRole;
import dev.daypass.wire.iam.PolicyMessages.PolicyUser;
import dev.daypass.wire.iam.PolicyUsage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/// Who a managed policy was given to, as permissions or as a boundary.
@Singleton
public final class PolicyEntityActions {
  private final PostgresPolicies policies;
  private final PolicyEntities entities;

  PolicyEntityActions(PostgresPolicies policies, PolicyEntities entities) {
    this.policies = policies;
    this.entities = entities;
  }

  public Uni<ListEntitiesForPolicy.Result> list(Caller caller, ListEntitiesForPolicy request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(policy -> entities.page(caller.account(), policy.arn(), filter(request), wanted))
        .map(PolicyEntityActions::result);
  }

  private static PolicyEntities.Filter filter(ListEntitiesForPolicy request) {
    return new PolicyEntities.Filter(
        request.entityFilter().map(List::of).orElse(List.of(EntityType.values())),
        request.pathPrefix().map(Path::value).orElse("/"),
        request.policyUsageFilter().map(PolicyUsage.PERMISSIONS_POLICY::equals).orElse(true),
        request.policyUsageFilter().map(PolicyUsage.PERMISSIONS_BOUNDARY::equals).orElse(true));
  }

  private static ListEntitiesForPolicy.Result result(Page<Entity> page) {
    return new ListEntitiesForPolicy.Result(
        of(page, EntityType.GROUP, group -> new PolicyGroup(group.name(), group.id())),
        of(page, EntityType.USER, user -> new PolicyUser(user.name(), user.id())),
        of(page, EntityType.ROLE, role -> new PolicyRole(role.name(), role.id())),
        page.isTruncated(),
        page.marker());
  }

  private static <T> List<T> of(Page<Entity> page, EntityType type, Function<Entity, T> shown) {
    return page.items().stream().filter(entity -> entity.type() == type).map(shown).toList();
  }
}
