package dev.daypass.broker.grants;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.LIMIT_EXCEEDED;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.policy.Policy;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The policies that are part of a user, group or role, by unique id.
@Singleton
public final class InlinePolicies {
  private final Database database;

  InlinePolicies(Database database) {
    this.database = database;
  }

  /// Adds or replaces a policy. All policies of one owner together are bounded.
  public Uni<Void> put(Owner owner, Policy policy) {
    return all(owner.id())
        .invoke(present -> checkSize(owner, present, policy))
        .chain(() -> database.put(InlinePolicyRow.of(owner.id(), policy.source(), policy.text())));
  }

  private static void checkSize(Owner owner, List<InlinePolicyRow> present, Policy policy) {
    long size =
        policy.size()
            + present.stream()
                .filter(row -> !row.name.equals(policy.source()))
                .flatMapToInt(row -> row.document.chars())
                .filter(c -> !Character.isWhitespace(c))
                .count();
    if (size > owner.kind().inlineSize()) {
      throw LIMIT_EXCEEDED.error(
          "Maximum policy size of %d bytes exceeded for %s %s"
              .formatted(owner.kind().inlineSize(), owner.kind().noun(), owner.name()));
    }
  }

  /// The policy's text; `NoSuchEntity` where there is none of this name.
  public Uni<String> get(Owner owner, String name) {
    return database
        .find(
            InlinePolicyRow.class,
            "from InlinePolicyRow where ownerId = :owner and name = :name",
            Map.of("owner", owner.id(), "name", name))
        .map(found -> found.orElseThrow(() -> unknown(owner, name)).document);
  }

  public Uni<Void> delete(Owner owner, String name) {
    return database
        .change(
            "delete from InlinePolicyRow where ownerId = :owner and name = :name",
            Map.of("owner", owner.id(), "name", name))
        .invoke(
            deleted -> {
              if (deleted == 0) {
                throw unknown(owner, name);
              }
            })
        .replaceWithVoid();
  }

  public Uni<PolicyNamePage> page(Owner owner, Page.Wanted wanted) {
    return database
        .list(
            String.class,
            "select name from InlinePolicyRow where ownerId = :owner and name > :after order by name",
            Map.of("owner", owner.id(), "after", wanted.after()),
            wanted.toFetch())
        .map(names -> Page.of(names, wanted, name -> name))
        .map(page -> new PolicyNamePage(page.items(), page.isTruncated(), page.marker()));
  }

  /// The texts of many owners' policies, by owner and by name.
  public Uni<Map<String, Map<String, String>>> of(List<String> ownerIds) {
    return database
        .list(
            InlinePolicyRow.class,
            "from InlinePolicyRow where ownerId in :owners order by ownerId, name",
            Map.of("owners", ownerIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.ownerId,
                            Collectors.toMap(row -> row.name, row -> row.document))));
  }

  /// Fails with `DeleteConflict` where there is any.
  public Uni<Void> refusePresent(String ownerId) {
    return all(ownerId)
        .invoke(
            present -> {
              if (!present.isEmpty()) {
                throw DELETE_CONFLICT.error("Cannot delete entity, must delete policies first.");
              }
            })
        .replaceWithVoid();
  }

  private Uni<List<InlinePolicyRow>> all(String ownerId) {
    return database.list(
        InlinePolicyRow.class,
        "from InlinePolicyRow where ownerId = :owner",
        Map.of("owner", ownerId),
        Integer.MAX_VALUE);
  }

  private static RuntimeException unknown(Owner owner, String name) {
    return NO_SUCH_ENTITY.error(
        "The %s policy with name %s cannot be found.".formatted(owner.kind().noun(), name));
  }
}
