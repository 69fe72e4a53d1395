package dev.daypass.broker.policies;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The managed policies of every account, and their versions.
@Singleton
public final class PostgresPolicies {
  private final Database database;

  PostgresPolicies(Database database) {
    this.database = database;
  }

  Uni<Optional<ManagedPolicy>> find(String arn) {
    return database
        .find(ManagedPolicyRow.class, "from ManagedPolicyRow where arn = :arn", Map.of("arn", arn))
        .map(found -> found.map(ManagedPolicyRow::toPolicy));
  }

  Uni<Boolean> taken(String account, String name) {
    return database
        .count(
            "select count(*) from ManagedPolicyRow where accountId = :account and lower(name) = :name",
            Map.of("account", account, "name", name.toLowerCase(Locale.ROOT)))
        .map(count -> count > 0);
  }

  /// The policy of this ARN, if it is this account's or everyone's; else `NoSuchEntity`.
  Uni<ManagedPolicy> get(String account, String arn) {
    return find(arn)
        .map(
            found ->
                found
                    .filter(
                        policy ->
                            policy.account().equals(account)
                                || policy.account().equals(ManagedPolicy.AWS))
                    .orElseThrow(() -> unknown(arn)));
  }

  static RuntimeException unknown(String arn) {
    return NO_SUCH_ENTITY.error("Policy %s was not found.".formatted(arn));
  }

  /// Which policies a list shows.
  record Filter(List<String> accounts, String pathPrefix, boolean onlyAttached) {}

  Uni<Page<ManagedPolicy>> page(Filter filter, Page.Wanted wanted) {
    return database
        .list(
            ManagedPolicyRow.class,
            """
            from ManagedPolicyRow p where p.accountId in :accounts and p.arn > :after
            and left(p.path, length(:prefix)) = :prefix
            and (:all = true or exists (select 1 from AttachedPolicyRow a where a.policyArn = p.arn))
            order by p.arn
            """,
            Map.of(
                "accounts",
                filter.accounts(),
                "after",
                wanted.after(),
                "prefix",
                filter.pathPrefix(),
                "all",
                !filter.onlyAttached()),
            wanted.toFetch())
        .map(rows -> Page.of(rows, wanted, row -> row.arn))
        .map(page -> page.map(ManagedPolicyRow::toPolicy));
  }

  /// How often the policies of these ARNs are used within an account.
  Uni<ManagedPolicy.Usage> usage(String account, String arn) {
    Map<String, ?> parameters = Map.of("arn", arn, "account", account);
    return database
        .count(
            """
            select count(*) from AttachedPolicyRow a where a.policyArn = :arn and (
              a.ownerId in (select id from UserRow where accountId = :account)
              or a.ownerId in (select id from GroupRow where accountId = :account)
              or a.ownerId in (select id from RoleRow where accountId = :account))
            """,
            parameters)
        .chain(
            attached ->
                boundaryUses(parameters)
                    .map(
                        bounds -> new ManagedPolicy.Usage(attached.intValue(), bounds.intValue())));
  }

  private Uni<Long> boundaryUses(Map<String, ?> parameters) {
    return database.count(
        """
        select (select count(*) from UserRow where accountId = :account and permissionsBoundary = :arn)
          + (select count(*) from RoleRow where accountId = :account and permissionsBoundary = :arn)
        """,
        parameters);
  }

  Uni<Long> count(String account) {
    return database.count(
        "select count(*) from ManagedPolicyRow where accountId = :account",
        Map.of("account", account));
  }

  Uni<Void> add(ManagedPolicy policy) {
    return database.add(ManagedPolicyRow.of(policy));
  }

  Uni<Void> update(ManagedPolicy policy) {
    return database.put(ManagedPolicyRow.of(policy));
  }

  Uni<Void> remove(String id) {
    return database
        .change("delete from ManagedPolicyRow where id = :id", Map.of("id", id))
        .replaceWithVoid();
  }

  Uni<Void> addVersion(String policyId, int number, String document, Instant now) {
    return database.add(PolicyVersionRow.of(policyId, number, document, now));
  }

  Uni<Optional<PolicyVersionRow>> version(String policyId, int number) {
    return database.find(
        PolicyVersionRow.class,
        "from PolicyVersionRow where policyId = :policy and number = :number",
        Map.of("policy", policyId, "number", number));
  }

  /// Newest first.
  Uni<List<PolicyVersionRow>> versions(String policyId) {
    return database.list(
        PolicyVersionRow.class,
        "from PolicyVersionRow where policyId = :policy order by number desc",
        Map.of("policy", policyId),
        Integer.MAX_VALUE);
  }

  Uni<Void> removeVersion(String policyId, int number) {
    return database
        .change(
            "delete from PolicyVersionRow where policyId = :policy and number = :number",
            Map.of("policy", policyId, "number", number))
        .replaceWithVoid();
  }

  /// One entity a policy is attached to.
  record Attached(String id, String name) {}

  /// The users, groups or roles of an account that a policy is attached to, or bounds.
  Uni<List<Attached>> entities(String row, String account, String arn, boolean asBoundary) {
    String condition =
        asBoundary
            ? "e.permissionsBoundary = :arn"
            : "e.id in (select a.ownerId from AttachedPolicyRow a where a.policyArn = :arn)";
    return database
        .list(
            Object[].class,
            "select e.id, e.name from %s e where e.accountId = :account and %s order by lower(e.name)"
                .formatted(row, condition),
            Map.of("account", account, "arn", arn),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .map(columns -> new Attached((String) columns[0], (String) columns[1]))
                    .toList());
  }
}
