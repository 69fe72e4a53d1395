package dev.daypass.broker.apply;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.apply.Inventory.Key;
import dev.daypass.broker.database.Database;
import dev.daypass.wire.iam.GroupMessages.CreateGroup;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicyVersion;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Takes steps one after the other and marks what they make.
final class Taking {
  private final Database database;
  private final Road.Steps road;
  private final String account;
  private final Map<Key, String> ids = new HashMap<>();

  Taking(Database database, Road.Steps road, Inventory now) {
    this.database = database;
    this.road = road;
    this.account = now.account();
    now.things().forEach((key, thing) -> ids.put(key, thing.id()));
  }

  /// Fails with [Undone] at the first step that is refused.
  Uni<Void> all(Caller caller, List<Step> steps) {
    return Multi.createFrom()
        .iterable(steps)
        .onItem()
        .transformToUniAndConcatenate(
            step ->
                Uni.createFrom()
                    .deferred(() -> take(step))
                    .onFailure()
                    .transform(
                        failure -> new Undone(steps, Optional.of(step), Database.told(failure))))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Integer> take(Step step) {
    return road.take(step.request())
        .chain(
            result ->
                step.marking()
                    .map(marking -> mark(marking, result))
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .replaceWith(1);
  }

  private Uni<Void> mark(Step.Marking marking, Object result) {
    Key key = new Key(marking.kind(), marking.name());
    Optional<String> made = madeId(result);
    made.ifPresent(id -> ids.put(key, id));
    String owner = marking.ofAccount() ? account : id(key);
    return database.put(AppliedRow.of(new Mark(owner, part(marking, result)), account));
  }

  private String part(Step.Marking marking, Object result) {
    if (result instanceof CreatePolicyVersion.Result(var version)) {
      return Mark.version(Integer.parseInt(version.versionId().substring(1)));
    }
    return marking
        .group()
        .map(group -> Mark.group(id(new Key(Kind.GROUP, group))))
        .orElse(marking.part());
  }

  private static Optional<String> madeId(Object result) {
    return switch (result) {
      case CreateUser.Result(var user) -> Optional.of(user.userId());
      case CreateGroup.Result(var group) -> Optional.of(group.groupId());
      case CreateRole.Result(var role) -> Optional.of(role.roleId());
      case CreatePolicy.Result(var policy) -> Optional.of(policy.policyId());
      default -> Optional.empty();
    };
  }

  private String id(Key key) {
    return Objects.requireNonNull(ids.get(key));
  }
}
