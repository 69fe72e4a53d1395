package dev.daypass.broker.revocations;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The revocations in PostgreSQL, which tells every node of each.
@Singleton
final class PostgresRevocations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration A_WHILE = Duration.ofHours(1);
  private static final String ALL = "select subject, before, expires_at from revocation";

  /// One statement for one or many; asked of both ways to the database, it answers in one row.
  private static final String ADD =
      """
      with added as (
        insert into revocation (subject, before, expires_at)
        select subject, before, expires_at from jsonb_to_recordset(cast(%s as jsonb))
          as r (subject text, before timestamptz, expires_at timestamptz)
        on conflict (subject) do update
          set before = greatest(revocation.before, excluded.before),
              expires_at = greatest(revocation.expires_at, excluded.expires_at)
        returning 1)
      select cast(count(*) as text) from added
      """;

  private final Pool pool;
  private final Database database;
  private final Clock clock;

  PostgresRevocations(Pool pool, Database database, Clock clock) {
    this.pool = pool;
    this.database = database;
    this.clock = clock;
  }

  Uni<Collection<Revocation>> all() {
    return pool.preparedQuery(ALL).execute().map(rows -> read(rows).values());
  }

  Uni<Map<String, Revocation>> of(List<String> subjects) {
    return pool.preparedQuery(ALL + " where subject = any($1)")
        .execute(Tuple.of(subjects.toArray(String[]::new)))
        .map(PostgresRevocations::read);
  }

  Uni<Void> add(Collection<Revocation> revocations) {
    return pool.preparedQuery(ADD.formatted("$1::text"))
        .execute(Tuple.of(json(revocations)))
        .replaceWithVoid();
  }

  Uni<Void> addInTransaction(Revocation revocation) {
    return database.run(ADD.formatted("cast(?1 as text)"), json(List.of(revocation)));
  }

  /// Says which moment it is.
  Uni<Instant> removeExpired() {
    Instant now = clock.instant();
    return pool.preparedQuery("delete from revocation where expires_at < $1")
        .execute(Tuple.of(now.minus(A_WHILE).atOffset(ZoneOffset.UTC)))
        .replaceWith(now);
  }

  private static String json(Collection<Revocation> revocations) {
    ArrayNode all = JSON.createArrayNode();
    revocations.forEach(
        is ->
            all.addObject()
                .put("subject", is.subject())
                .put("before", is.before().toString())
                .put("expires_at", is.expiresAt().toString()));
    return all.toString();
  }

  private static Map<String, Revocation> read(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                new Revocation(
                    row.getString("subject"),
                    row.getOffsetDateTime("before").toInstant(),
                    row.getOffsetDateTime("expires_at").toInstant()))
        .collect(Collectors.toUnmodifiableMap(Revocation::subject, is -> is));
  }
}
