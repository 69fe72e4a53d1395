package dev.daypass.broker.policies;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.policies.PostgresPolicies.Attached;
import dev.daypass.wire.iam.EntityType;
import dev.daypass.wire.iam.PolicyMessages.ListEntitiesForPolicy;
import dev.daypass.wire.iam.PolicyMessages.PolicyGroup;
import dev.daypass.wire.iam.PolicyMessages.PolicyRole;
import dev.daypass.wire.iam.PolicyMessages.PolicyUser;
import dev.daypass.wire.iam.PolicyUsage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Who a managed policy was given to.
@Singleton
public final class PolicyEntityActions {
  private final PostgresPolicies policies;

  PolicyEntityActions(PostgresPolicies policies) {
    this.policies = policies;
  }

  /// All in one page: the entities of one account are bounded by its quotas.
  public Uni<ListEntitiesForPolicy.Result> list(Caller caller, ListEntitiesForPolicy request) {
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(() -> entities(caller, request, EntityType.GROUP, "GroupRow"))
        .chain(
            groups ->
                entities(caller, request, EntityType.USER, "UserRow")
                    .chain(
                        users ->
                            entities(caller, request, EntityType.ROLE, "RoleRow")
                                .map(roles -> result(groups, users, roles))));
  }

  private static ListEntitiesForPolicy.Result result(
      List<Attached> groups, List<Attached> users, List<Attached> roles) {
    return new ListEntitiesForPolicy.Result(
        groups.stream().map(group -> new PolicyGroup(group.name(), group.id())).toList(),
        users.stream().map(user -> new PolicyUser(user.name(), user.id())).toList(),
        roles.stream().map(role -> new PolicyRole(role.name(), role.id())).toList(),
        false,
        Optional.empty());
  }

  private Uni<List<Attached>> entities(
      Caller caller, ListEntitiesForPolicy request, EntityType type, String row) {
    boolean asBoundary =
        request.policyUsageFilter().filter(PolicyUsage.PERMISSIONS_BOUNDARY::equals).isPresent();
    boolean wanted = request.entityFilter().map(type::equals).orElse(true);
    boolean possible = type != EntityType.GROUP || !asBoundary;
    return wanted && possible
        ? policies.entities(row, caller.account(), request.policyArn().value(), asBoundary)
        : Uni.createFrom().item(List.of());
  }
}
