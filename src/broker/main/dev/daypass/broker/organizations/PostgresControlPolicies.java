package dev.daypass.broker.organizations;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The policies of organizations, and what they are attached to.
@Singleton
final class PostgresControlPolicies {
  private static final String ORGANIZATION = "organization";
  private static final String TARGET = "target";
  private static final String POLICY = "policy";
  private static final String TYPE = "type";
  private static final String AFTER = "after";

  private final Database database;

  PostgresControlPolicies(Database database) {
    this.database = database;
  }

  /// The policy of this id, of the organization or of AWS.
  Uni<Optional<ControlPolicy>> find(String organization, String id) {
    return database
        .find(
            ControlPolicyRow.class,
            """
            from ControlPolicyRow where id = :id
            and (organizationId is null or organizationId = :organization)
            """,
            Map.of("id", id, ORGANIZATION, organization))
        .map(found -> found.map(ControlPolicyRow::toPolicy));
  }

  Uni<Optional<ControlPolicy>> named(String organization, PolicyType type, String name) {
    return database
        .find(
            ControlPolicyRow.class,
            """
            from ControlPolicyRow where name = :name and type = :type
            and (organizationId is null or organizationId = :organization)
            """,
            Map.of("name", name, TYPE, type.name(), ORGANIZATION, organization))
        .map(found -> found.map(ControlPolicyRow::toPolicy));
  }

  Uni<Page<ControlPolicy>> page(String organization, PolicyType type, Page.Wanted wanted) {
    return database
        .list(
            ControlPolicyRow.class,
            """
            from ControlPolicyRow where type = :type and id > :after
            and (organizationId is null or organizationId = :organization) order by id
            """,
            Map.of(TYPE, type.name(), AFTER, wanted.after(), ORGANIZATION, organization),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(ControlPolicyRow::toPolicy));
  }

  Uni<Long> count(String organization, PolicyType type) {
    return database.count(
        "select count(*) from ControlPolicyRow where organizationId = :organization and type = :type",
        Map.of(ORGANIZATION, organization, TYPE, type.name()));
  }

  Uni<Void> add(ControlPolicy policy) {
    return database.add(ControlPolicyRow.of(policy));
  }

  Uni<Void> update(ControlPolicy policy) {
    return database.put(ControlPolicyRow.of(policy));
  }

  Uni<Void> remove(ControlPolicy policy) {
    return database
        .change("delete from ControlPolicyRow where id = :id", Map.of("id", policy.id()))
        .replaceWithVoid();
  }

  /// Whether the policy is attached to the target.
  Uni<Boolean> attached(String policy, String target) {
    return database
        .count(
            "select count(*) from AttachmentRow where policyId = :policy and targetId = :target",
            Map.of(POLICY, policy, TARGET, target))
        .map(count -> count > 0);
  }

  Uni<Boolean> inUse(ControlPolicy policy) {
    return database
        .count(
            "select count(*) from AttachmentRow where policyId = :policy",
            Map.of(POLICY, policy.id()))
        .map(count -> count > 0);
  }

  /// The slots on the target that policies of this type take.
  Uni<List<Integer>> slots(String target, PolicyType type) {
    return database.list(
        Integer.class,
        "select slot from AttachmentRow where targetId = :target and type = :type",
        Map.of(TARGET, target, TYPE, type.name()),
        Integer.MAX_VALUE);
  }

  /// Attaches a policy, in the first slot that is free.
  Uni<Void> attach(String organization, String policy, PolicyType type, String target) {
    return slots(target, type)
        .map(taken -> free(taken))
        .chain(slot -> database.add(row(organization, policy, type, target, slot)));
  }

  private static int free(List<Integer> taken) {
    return IntStream.iterate(1, slot -> slot + 1)
        .filter(slot -> !taken.contains(slot))
        .findFirst()
        .orElseThrow();
  }

  private static AttachmentRow row(
      String organization, String policy, PolicyType type, String target, int slot) {
    AttachmentRow row = new AttachmentRow();
    row.targetId = target;
    row.policyId = policy;
    row.organizationId = organization;
    row.type = type.name();
    if (Character.isDigit(target.charAt(0))) {
      row.accountId = target;
    } else {
      row.unitId = target;
    }
    row.slot = slot;
    return row;
  }

  Uni<Void> detach(String policy, String target) {
    return database
        .change(
            "delete from AttachmentRow where policyId = :policy and targetId = :target",
            Map.of(POLICY, policy, TARGET, target))
        .replaceWithVoid();
  }

  /// Attaches the policy that allows everything to whatever is in the organization.
  Uni<Void> attachFull(String organization, PolicyType type) {
    Map<String, String> full =
        Map.of(ORGANIZATION, organization, TYPE, type.name(), POLICY, ControlPolicy.full(type));
    return database
        .change(
            """
            insert into AttachmentRow (targetId, policyId, organizationId, type, unitId, slot)
            select u.id, cast(:policy as string), u.organizationId, cast(:type as string), u.id, 1
            from UnitRow u where u.organizationId = :organization
            """,
            full)
        .chain(
            () ->
                database.change(
                    """
                    insert into AttachmentRow (targetId, policyId, organizationId, type, accountId, slot)
                    select m.accountId, cast(:policy as string), m.organizationId,
                    cast(:type as string), m.accountId, 1
                    from MemberRow m where m.organizationId = :organization
                    """,
                    full))
        .replaceWithVoid();
  }

  Uni<Void> detachAll(String organization, PolicyType type) {
    return database
        .change(
            "delete from AttachmentRow where organizationId = :organization and type = :type",
            Map.of(ORGANIZATION, organization, TYPE, type.name()))
        .replaceWithVoid();
  }

  Uni<Page<ControlPolicy>> attachedTo(String target, PolicyType type, Page.Wanted wanted) {
    return database
        .list(
            ControlPolicyRow.class,
            """
            select p from ControlPolicyRow p join AttachmentRow a on a.policyId = p.id
            where a.targetId = :target and p.type = :type and p.id > :after order by p.id
            """,
            Map.of(TARGET, target, TYPE, type.name(), AFTER, wanted.after()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.id))
        .map(page -> page.map(ControlPolicyRow::toPolicy));
  }

  /// The ids of what the policy is attached to in this organization.
  Uni<Page<String>> targets(String organization, String policy, Page.Wanted wanted) {
    return database
        .list(
            String.class,
            """
            select targetId from AttachmentRow where policyId = :policy
            and organizationId = :organization and targetId > :after order by targetId
            """,
            Map.of(POLICY, policy, ORGANIZATION, organization, AFTER, wanted.after()),
            wanted.toFetch())
        .map(ids -> Page.of(ids, wanted, id -> id));
  }
}
