package dev.daypass.broker.audit;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// The months that the trail is kept by. Each is made ahead of its time; without one, records lie
/// in the partition that takes all others.
@Singleton
public final class AuditPartitions {
  private static final Logger LOG = Logger.getLogger(AuditPartitions.class);
  private static final int MONTHS_AHEAD = 2;
  private static final long CHECK_MILLIS = Duration.ofHours(1).toMillis();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuu_MM");

  /// Another partition is there for this time already, the first one by example.
  private static final String OVERLAPS = "42P17";

  /// Somebody's clock was wrong, and its records lie with the rest: so do those of that month.
  private static final String HAS_RECORDS = "23514";

  private static final String ONE_NODE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtext('daypass-audit-partitions'))";

  /// Dropping waits for those who read, and those who write wait for it: not for long.
  private static final String WITHOUT_WAITING_LONG = "set local lock_timeout = '2s'";

  /// What a partition's bounds say, as `FOR VALUES FROM (…) TO ('2026-12-01 00:00:00+00')`.
  private static final String OLDER =
      """
      select name from (
        select c.relname as name,
          (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''([^'']+)''\\)'))[1]::timestamptz as until
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'audit_event'::regclass
      ) partition
      where until <= $1 order by until
      """;

  private final Pool database;
  private final Clock clock;
  private final Vertx vertx;

  AuditPartitions(Pool database, Clock clock, Vertx vertx) {
    this.database = database;
    this.clock = clock;
    this.vertx = vertx;
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    makeAhead().await().atMost(PATIENCE);
    vertx.setPeriodic(
        CHECK_MILLIS,
        _ ->
            makeAhead()
                .subscribe()
                .with(
                    _ -> {},
                    failure -> LOG.error("could not prepare the trail's months", failure)));
  }

  private Uni<Void> makeAhead() {
    YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    return Multi.createFrom()
        .range(0, MONTHS_AHEAD + 1)
        .onItem()
        .transformToUniAndConcatenate(months -> make(now.plusMonths(months)))
        .collect()
        .last();
  }

  private Uni<Void> make(YearMonth month) {
    String name = "audit_event_" + month.format(SUFFIX);
    return database
        .withTransaction(
            connection ->
                connection
                    .query(ONE_NODE_AT_A_TIME)
                    .execute()
                    .chain(() -> isThere(connection, name))
                    .chain(
                        there ->
                            there ? Uni.createFrom().voidItem() : make(connection, name, month)))
        .onFailure(AuditPartitions::needsNone)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static Uni<Boolean> isThere(SqlConnection connection, String name) {
    return connection
        .preparedQuery("select to_regclass($1) is not null as there")
        .execute(Tuple.of(name))
        .map(rows -> rows.iterator().next().getBoolean("there"));
  }

  private static Uni<Void> make(SqlConnection connection, String name, YearMonth month) {
    return connection
        .query(
            "create table %s partition of audit_event for values from ('%s') to ('%s')"
                .formatted(name, begin(month), begin(month.plusMonths(1))))
        .execute()
        .replaceWithVoid();
  }

  private static boolean needsNone(Throwable failure) {
    return failure instanceof PgException e
        && (OVERLAPS.equals(e.getSqlState()) || HAS_RECORDS.equals(e.getSqlState()));
  }

  private static Instant begin(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /// The partitions all of whose records are older, oldest first.
  public Uni<List<String>> olderThan(Instant time) {
    return database
        .preparedQuery(OLDER)
        .execute(Tuple.of(time.atOffset(ZoneOffset.UTC)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("name"))
                    .toList());
  }

  /// Drops partitions, in the transaction of the connection. Fails rather than make those wait long
  /// who write.
  public Uni<Void> drop(SqlConnection connection, List<String> names) {
    return connection
        .query(WITHOUT_WAITING_LONG)
        .execute()
        .chain(() -> connection.query("drop table " + String.join(", ", names)).execute())
        .replaceWithVoid();
  }
}
