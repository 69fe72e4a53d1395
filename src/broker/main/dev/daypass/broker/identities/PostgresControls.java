package dev.daypass.broker.identities;

import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Reads where accounts are in their organizations, and what is in force there.
@Singleton
final class PostgresControls {
  private static final String ACCOUNT =
      """
      with recursive above (id, parent_id, depth) as (
        select u.id, u.parent_id, u.depth from organization_account m
          join organization_unit u on u.id = m.parent_id where m.account_id = $1
        union all
        select u.id, u.parent_id, u.depth from above a join organization_unit u on u.id = a.parent_id)
      select a.closed_at is not null as closed, o.id as organization, o.management_account_id,
        o.root_credentials, o.root_sessions,
        (select coalesce(jsonb_agg(id order by depth), '[]') from above) as units,
        (select coalesce(jsonb_agg(type), '[]') from organization_policy_type t
          where t.organization_id = o.id) as types
      from account a
      left join organization_account m on m.account_id = a.id
      left join organization o on o.id = m.organization_id
      where a.id = $1
      """;

  private static final String CONTROLS =
      """
      select coalesce(jsonb_agg(jsonb_build_object('type', p.type, 'content', p.content, 'arn',
        'arn:aws:organizations::' || coalesce(o.management_account_id || ':policy/' || o.id, 'aws:policy')
          || '/' || lower(p.type) || '/' || p.id)), '[]') as policies
      from organization_attachment a
      join organization_policy p on p.id = a.policy_id
      left join organization o on o.id = p.organization_id
      where a.target_id = $1
      """;

  private final Pool database;

  PostgresControls(Pool database) {
    this.database = database;
  }

  Uni<Optional<StoredAccount>> account(String id) {
    return database
        .preparedQuery(ACCOUNT)
        .execute(Tuple.of(id))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(toAccount(id, rows.iterator().next())));
  }

  private static StoredAccount toAccount(String id, Row row) {
    Optional<Membership> membership =
        Optional.ofNullable(row.getString("organization"))
            .map(
                organization ->
                    new Membership(
                        organization,
                        row.getString("management_account_id"),
                        strings(row.getJsonArray("units")),
                        row.getBoolean("root_credentials"),
                        row.getBoolean("root_sessions"),
                        List.of(),
                        List.of()));
    List<PolicyType> types =
        strings(row.getJsonArray("types")).stream().map(PostgresControls::type).toList();
    return new StoredAccount(id, row.getBoolean("closed"), membership, types);
  }

  /// What is attached to a target. A target that is not there has nothing attached, which allows
  /// nothing.
  Uni<Optional<Controls>> controls(String target) {
    return database
        .preparedQuery(CONTROLS)
        .execute(Tuple.of(target))
        .map(rows -> Optional.of(toControls(rows.iterator().next().getJsonArray("policies"))));
  }

  private static Controls toControls(JsonArray policies) {
    return new Controls(
        of(PolicyType.SERVICE_CONTROL, policies), of(PolicyType.RESOURCE_CONTROL, policies));
  }

  private static PolicySet of(PolicyType type, JsonArray policies) {
    return PolicySet.of(
        policies.stream()
            .map(JsonObject.class::cast)
            .filter(policy -> type(policy.getString("type")) == type)
            .map(policy -> Policy.parse(type, policy.getString("arn"), policy.getString("content")))
            .toList());
  }

  private static PolicyType type(String name) {
    return switch (name) {
      case "SERVICE_CONTROL_POLICY" -> PolicyType.SERVICE_CONTROL;
      case "RESOURCE_CONTROL_POLICY" -> PolicyType.RESOURCE_CONTROL;
      default -> throw new IllegalStateException("an unknown type of policies is in force");
    };
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(Object::toString).toList();
  }
}
