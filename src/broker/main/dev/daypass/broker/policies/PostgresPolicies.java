package dev.daypass.broker.policies;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.wire.iam.PolicyUsage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  ///
  /// @param account whose view it is
  /// @param owners whose policies
  /// @param usages how the account must use them: in each of these ways
  record Filter(String account, List<String> owners, String pathPrefix, Set<PolicyUsage> usages) {
    Filter {
      usages = Set.copyOf(usages);
    }

    private String condition() {
      return usages.stream()
          .map(
              as ->
                  as == PolicyUsage.PERMISSIONS_BOUNDARY ? " and " + BOUNDING : " and " + ATTACHED)
          .collect(Collectors.joining());
    }

    private Map<String, Object> parameters(Page.Wanted wanted) {
      Map<String, Object> parameters =
          new HashMap<>(Map.of("owners", owners, "after", wanted.after(), "prefix", pathPrefix));
      if (!usages.isEmpty()) {
        parameters.put("account", account);
      }
      return parameters;
    }
  }

  /// That `a` is an attachment to something of the account.
  private static final String OF_ACCOUNT =
      """
      (a.ownerId in (select id from UserRow where accountId = :account)
        or a.ownerId in (select id from GroupRow where accountId = :account)
        or a.ownerId in (select id from RoleRow where accountId = :account))
      """;

  private static final String ATTACHED =
      "exists (select 1 from AttachedPolicyRow a where a.policyArn = p.arn and " + OF_ACCOUNT + ")";

  private static final String BOUNDING =
      """
      (exists (select 1 from UserRow u
          where u.accountId = :account and u.permissionsBoundary = p.arn)
        or exists (select 1 from RoleRow r
          where r.accountId = :account and r.permissionsBoundary = p.arn))
      """;

  /// By what policies are in order: an ARN with a long path would not fit into a marker.
  static final Function<ManagedPolicy, String> POSITION =
      policy -> policy.name().toLowerCase(Locale.ROOT) + " " + policy.account();

  Uni<Page<ManagedPolicy>> page(Filter filter, Page.Wanted wanted) {
    return database
        .list(
            ManagedPolicyRow.class,
            """
            from ManagedPolicyRow p
            where p.accountId in :owners and concat(lower(p.name), ' ', p.accountId) > :after
            and left(p.path, length(:prefix)) = :prefix %s
            order by concat(lower(p.name), ' ', p.accountId)
            """
                .formatted(filter.condition()),
            filter.parameters(wanted),
            wanted.toFetch())
        .map(
            rows ->
                Page.of(rows.stream().map(ManagedPolicyRow::toPolicy).toList(), wanted, POSITION));
  }

  /// How often a policy is used within an account.
  Uni<ManagedPolicy.Usage> usage(String account, String arn) {
    return usages(account, List.of(arn))
        .map(usages -> usages.getOrDefault(arn, ManagedPolicy.Usage.NONE));
  }

  /// How often policies are used within an account, by their ARNs.
  Uni<Map<String, ManagedPolicy.Usage>> usages(String account, List<String> arns) {
    return counts(
            "select a.policyArn, count(*) from AttachedPolicyRow a where a.policyArn in :arns and "
                + OF_ACCOUNT
                + " group by a.policyArn",
            account,
            arns)
        .chain(
            attached ->
                counts(BOUNDED.formatted("UserRow"), account, arns)
                    .chain(
                        users ->
                            counts(BOUNDED.formatted("RoleRow"), account, arns)
                                .map(roles -> usages(arns, attached, users, roles))));
  }

  private static final String BOUNDED =
      """
      select permissionsBoundary, count(*) from %s
      where accountId = :account and permissionsBoundary in :arns group by permissionsBoundary
      """;

  private static Map<String, ManagedPolicy.Usage> usages(
      List<String> arns,
      Map<String, Integer> attached,
      Map<String, Integer> users,
      Map<String, Integer> roles) {
    return arns.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                arn ->
                    new ManagedPolicy.Usage(
                        attached.getOrDefault(arn, 0),
                        users.getOrDefault(arn, 0) + roles.getOrDefault(arn, 0))));
  }

  private Uni<Map<String, Integer>> counts(String query, String account, List<String> arns) {
    return database
        .list(Object[].class, query, Map.of("account", account, "arns", arns), Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            columns -> (String) columns[0],
                            columns -> ((Number) columns[1]).intValue())));
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

  /// The versions of many policies by their unique ids, newest first.
  Uni<Map<String, List<PolicyVersionRow>>> versionsOf(List<String> policyIds) {
    return database
        .list(
            PolicyVersionRow.class,
            "from PolicyVersionRow where policyId in :policies order by policyId, number desc",
            Map.of("policies", policyIds),
            Integer.MAX_VALUE)
        .map(rows -> rows.stream().collect(Collectors.groupingBy(row -> row.policyId)));
  }

  Uni<Void> removeVersion(String policyId, int number) {
    return database
        .change(
            "delete from PolicyVersionRow where policyId = :policy and number = :number",
            Map.of("policy", policyId, "number", number))
        .replaceWithVoid();
  }
}
