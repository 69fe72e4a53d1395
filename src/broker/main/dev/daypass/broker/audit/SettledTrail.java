package dev.daypass.broker.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The trail in the order of its numbers, as far as nothing can come in between any more.
///
/// A number is taken before its transaction commits, so that a smaller one can appear after a
/// larger. Every transaction that has taken one holds a lock on the table until it has ended: when
/// those that held one are gone, all numbers that were given by then are there, or never will be.
/// Nobody who writes waits for that.
@Singleton
public final class SettledTrail {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

  /// 10 seconds; then the next round has another look.
  private static final int MOST_LOOKS = 400;

  private static final String GIVEN =
      "select case when is_called then last_value else 0 end as given from audit_sequence";

  private static final String WRITERS =
      """
      select distinct virtualtransaction from pg_locks
      where locktype = 'relation' and relation = 'audit_event'::regclass
        and database = (select oid from pg_database where datname = current_database())
        and mode = 'RowExclusiveLock' and granted
      """;

  private static final String WINDOW =
      """
      select sequence, id, account_id, time, event_source, event_name, user_name, access_key_id,
        error_code, record::text as record
      from audit_event where sequence > $1 and sequence <= $2 order by sequence
      """;

  private final Pool database;

  SettledTrail(Pool database) {
    this.database = database;
  }

  /// The number up to which the trail is settled; absent where somebody has been writing for too
  /// long to wait for.
  public Uni<Optional<Long>> through() {
    return database
        .query(GIVEN)
        .execute()
        .map(rows -> rows.iterator().next().getLong("given"))
        .chain(
            given ->
                writers()
                    .chain(writing -> gone(writing, MOST_LOOKS))
                    .map(gone -> Optional.of(given).filter(_ -> gone)));
  }

  private Uni<Boolean> gone(Set<String> writing, int looks) {
    if (writing.isEmpty() || looks == 0) {
      return Uni.createFrom().item(writing.isEmpty());
    }
    return writers()
        .onItem()
        .delayIt()
        .by(BETWEEN_LOOKS)
        .chain(
            now ->
                gone(
                    writing.stream().filter(now::contains).collect(Collectors.toSet()), looks - 1));
  }

  private Uni<Set<String>> writers() {
    return database
        .query(WRITERS)
        .execute()
        .map(
            rows ->
                stream(rows, row -> row.getString("virtualtransaction"))
                    .collect(Collectors.toSet()));
  }

  /// The records with numbers greater than `after` and up to `through`, in order. There are at most
  /// as many as lie between.
  public Uni<List<StoredEntry>> window(long after, long through) {
    return database
        .preparedQuery(WINDOW)
        .execute(Tuple.of(after, through))
        .map(rows -> stream(rows, SettledTrail::read).toList());
  }

  private static <T> Stream<T> stream(RowSet<Row> rows, Function<Row, T> read) {
    return StreamSupport.stream(rows.spliterator(), false).map(read);
  }

  private static StoredEntry read(Row row) {
    return new StoredEntry(
        row.getLong("sequence"),
        row.getUUID("id"),
        Optional.ofNullable(row.getString("account_id")),
        row.getOffsetDateTime("time").toInstant(),
        row.getString("event_source"),
        row.getString("event_name"),
        Optional.ofNullable(row.getString("user_name")),
        Optional.ofNullable(row.getString("access_key_id")),
        Optional.ofNullable(row.getString("error_code")),
        row.getString("record"));
  }
}
