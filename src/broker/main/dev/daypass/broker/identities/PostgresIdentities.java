package dev.daypass.broker.identities;

import dev.daypass.broker.sealing.SealedColumn;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads an identity with everything that belongs to it in one round trip.
@Singleton
final class PostgresIdentities {
  private static final String BELONGINGS =
      """
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'document', document)), '[]')
         from inline_policy where owner_id = o.id) as inline,
      (select coalesce(jsonb_agg(policy_arn), '[]') from attached_policy where owner_id = o.id) as attached,
      (select coalesce(jsonb_object_agg(key, value), '{}') from tag where owner_id = o.id) as tags
      """;

  private final Pool database;
  private final Sealer sealer;

  PostgresIdentities(Pool database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  Uni<Optional<UserIdentity>> user(String id) {
    return one(
        """
        select o.*, %s,
          (select coalesce(jsonb_agg(group_id), '[]') from group_member where user_id = o.id) as groups
        from iam_user o where id = $1
        """
            .formatted(BELONGINGS),
        Tuple.of(id),
        PostgresIdentities::toUser);
  }

  Uni<Optional<Grants>> group(String id) {
    return one(
        "select o.*, %s from iam_group o where id = $1".formatted(BELONGINGS),
        Tuple.of(id),
        PostgresIdentities::grants);
  }

  /// @param accountAndName the account id, a slash, and the role's name in lower case
  Uni<Optional<RoleIdentity>> role(String accountAndName) {
    String[] parts = accountAndName.split("/", 2);
    return one(
        "select o.*, %s from iam_role o where account_id = $1 and lower(name) = $2"
            .formatted(BELONGINGS),
        Tuple.of(parts[0], parts[1]),
        PostgresIdentities::toRole);
  }

  Uni<Optional<Policy>> policy(String arn) {
    return one(
        """
        select v.document from managed_policy p
        join policy_version v on v.policy_id = p.id and v.number = p.default_version
        where p.arn = $1
        """,
        Tuple.of(arn),
        row -> Policy.parse(PolicyType.IDENTITY, arn, row.getString("document")));
  }

  Uni<Optional<KeyOwner>> key(String id) {
    return one(
        "select * from access_key where id = $1",
        Tuple.of(id),
        row ->
            new KeyOwner(
                id,
                row.getString("account_id"),
                row.getString("user_id"),
                row.getBoolean("active"),
                sealer.open(
                    row.getBuffer("sealed_secret").getBytes(), SealedColumn.ACCESS_KEY.owner(id))));
  }

  private <T> Uni<Optional<T>> one(String sql, Tuple parameters, Function<Row, T> toThing) {
    return database
        .preparedQuery(sql)
        .execute(parameters)
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(toThing.apply(rows.iterator().next())));
  }

  private static UserIdentity toUser(Row row) {
    return new UserIdentity(
        row.getString("id"),
        row.getString("account_id"),
        arn(row, "user"),
        row.getString("name"),
        tags(row),
        grants(row),
        strings(row, "groups"),
        Optional.ofNullable(row.getString("permissions_boundary")));
  }

  private static RoleIdentity toRole(Row row) {
    Policy trust =
        Policy.parse(PolicyType.TRUST, arn(row, "role"), row.getString("trust_policy"))
            .withPrincipalIds(map(row.getJsonObject("trust_principals")));
    return new RoleIdentity(
        row.getString("id"),
        row.getString("account_id"),
        arn(row, "role"),
        row.getString("name"),
        tags(row),
        grants(row),
        trust,
        Duration.ofSeconds(row.getInteger("max_session_seconds")),
        Optional.ofNullable(row.getString("permissions_boundary")));
  }

  private static Grants grants(Row row) {
    List<Policy> inline =
        row.getJsonArray("inline").stream()
            .map(JsonObject.class::cast)
            .map(
                policy ->
                    Policy.parse(
                        PolicyType.IDENTITY,
                        policy.getString("name"),
                        policy.getString("document")))
            .toList();
    return new Grants(inline, strings(row, "attached"));
  }

  private static String arn(Row row, String kind) {
    return "arn:aws:iam::%s:%s%s%s"
        .formatted(row.getString("account_id"), kind, row.getString("path"), row.getString("name"));
  }

  private static Map<String, String> tags(Row row) {
    return map(row.getJsonObject("tags"));
  }

  private static Map<String, String> map(JsonObject object) {
    return object.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
  }

  private static List<String> strings(Row row, String column) {
    JsonArray array = row.getJsonArray(column);
    return array.stream().map(Object::toString).toList();
  }
}
