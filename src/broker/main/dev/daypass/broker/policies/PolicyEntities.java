package dev.daypass.broker.policies;

import dev.daypass.broker.database.Page;
import dev.daypass.wire.iam.EntityType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/// The groups, roles and users that managed policies were given to.
@Singleton
final class PolicyEntities {
  // Materialized: PostgreSQL thinks that hardly anything passes the last filter. Joined after it,
  // the
  // groups were compared with every owner, one by one.
  private static final String ENTITIES =
      """
      with owner as (select owner_id as id from attached_policy where policy_arn = $2 and $3),
      entity as materialized (
        select 'GROUP' as kind, id, path, name from iam_group
          where account_id = $1 and id in (select id from owner)
        union all
        select 'ROLE', id, path, name from iam_role
          where account_id = $1 and (id in (select id from owner) or $4 and permissions_boundary = $2)
        union all
        select 'USER', id, path, name from iam_user
          where account_id = $1 and (id in (select id from owner) or $4 and permissions_boundary = $2)
      )
      select kind, id, name from entity
      where kind = any($5) and left(path, length($6)) = $6
        and (kind || ' ' || lower(name)) collate "C" > $7
      order by (kind || ' ' || lower(name)) collate "C" limit $8
      """;

  private final Pool database;

  PolicyEntities(Pool database) {
    this.database = database;
  }

  /// One to whom a policy was given.
  record Entity(EntityType type, String id, String name) {
    private String position() {
      return type.name() + " " + name.toLowerCase(Locale.ROOT);
    }
  }

  /// Which are wanted.
  ///
  /// @param attached those it is attached to
  /// @param bounded those whose permissions boundary it is
  record Filter(List<EntityType> types, String pathPrefix, boolean attached, boolean bounded) {}

  Uni<Page<Entity>> page(String account, String policyArn, Filter filter, Page.Wanted wanted) {
    return database
        .preparedQuery(ENTITIES)
        .execute(
            Tuple.from(
                new Object[] {
                  account,
                  policyArn,
                  filter.attached(),
                  filter.bounded(),
                  filter.types().stream().map(EntityType::name).toArray(String[]::new),
                  filter.pathPrefix(),
                  wanted.after(),
                  wanted.toFetch()
                }))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PolicyEntities::entity)
                    .toList())
        .map(found -> Page.of(found, wanted, Entity::position));
  }

  private static Entity entity(Row row) {
    return new Entity(
        EntityType.valueOf(row.getString("kind")), row.getString("id"), row.getString("name"));
  }
}
