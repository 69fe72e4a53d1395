package dev.daypass.broker.uses;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// When access keys and roles were last used, to the quarter of an hour: nobody waits for it to be
/// written, and a use is not a change that anything in memory depends on.
@Singleton
public final class Uses {
  private static final Logger LOG = Logger.getLogger(Uses.class);
  private static final Duration GRAIN = Duration.ofMinutes(15);
  private static final long MOST_REMEMBERED = 100_000;

  /// One use.
  public record Use(Instant at, String service, String region) {}

  private final Pool database;
  private final Cache<String, Boolean> noted =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(GRAIN).build();

  Uses(Pool database) {
    this.database = database;
  }

  /// Notes a use of an access key or a role, by its id.
  public void note(String subjectId, Use use) {
    if (noted.asMap().putIfAbsent(subjectId, true) != null) {
      return;
    }
    database
        .preparedQuery(
            """
            insert into last_use (subject_id, used_at, service, region) values ($1, $2, $3, $4)
            on conflict (subject_id) do update
              set used_at = excluded.used_at, service = excluded.service, region = excluded.region
            """)
        .execute(
            Tuple.of(subjectId, use.at().atOffset(ZoneOffset.UTC), use.service(), use.region()))
        .subscribe()
        .with(_ -> {}, failure -> LOG.warn("could not note a last use", failure));
  }

  /// The last use that was noted.
  public Uni<Optional<Use>> of(String subjectId) {
    return database
        .preparedQuery("select used_at, service, region from last_use where subject_id = $1")
        .execute(Tuple.of(subjectId))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(toUse(rows.iterator().next())));
  }

  /// The last uses of many subjects, where they are known.
  public Uni<Map<String, Use>> of(List<String> subjectIds) {
    return database
        .preparedQuery(
            "select subject_id, used_at, service, region from last_use where subject_id = any($1)")
        .execute(Tuple.of(subjectIds.toArray(String[]::new)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(Collectors.toMap(row -> row.getString("subject_id"), Uses::toUse)));
  }

  private static Use toUse(Row row) {
    return new Use(
        row.getOffsetDateTime("used_at").toInstant(),
        row.getString("service"),
        row.getString("region"));
  }
}
