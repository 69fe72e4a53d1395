package dev.daypass.broker.auditsinks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.audit.SettledTrail;
import dev.daypass.broker.audit.StoredEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Gives sinks what they do not have yet, on one node at a time. How far a sink has got commits
/// after it has taken what is before: what a crash leaves in doubt is given again.
@Singleton
final class Delivery {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Numbers in one go: a megabyte or less.
  private static final long MOST_AT_ONCE = 500;

  private static final int MOST_GOES = 100;

  private static final String ONE_NODE_IS_ENOUGH =
      "select pg_try_advisory_xact_lock(hashtext('daypass-audit-sink-' || $1)) as mine";

  private final Pool database;
  private final SettledTrail trail;
  private final Vertx vertx;
  private final SinkFormat format;

  Delivery(Pool database, SettledTrail trail, Vertx vertx, SinkConfig config) {
    this.database = database;
    this.trail = trail;
    this.vertx = vertx;
    this.format = config.format();
  }

  /// Gives a sink what is settled, from the first record on where it is new, and 50,000 numbers in
  /// one call at most. Tells how far it has got; absent where another node is at it.
  Uni<Optional<Long>> catchUp(Sink sink) {
    return trail
        .through()
        .chain(
            settled ->
                settled
                    .map(through -> catchUp(sink, through, MOST_GOES))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<Long>> catchUp(Sink sink, long through, int goes) {
    return database
        .withTransaction(connection -> giveSome(connection, sink, through))
        .chain(
            now ->
                goes > 1 && now.filter(reached -> reached < through).isPresent()
                    ? catchUp(sink, through, goes - 1)
                    : Uni.createFrom().item(now));
  }

  private Uni<Optional<Long>> giveSome(SqlConnection connection, Sink sink, long through) {
    return connection
        .preparedQuery(ONE_NODE_IS_ENOUGH)
        .execute(Tuple.of(sink.name()))
        .chain(
            rows ->
                rows.iterator().next().getBoolean("mine")
                    ? reached(connection, sink)
                        .chain(after -> give(connection, sink, after, through))
                        .map(Optional::of)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /// How far the sink has got.
  private static Uni<Long> reached(SqlConnection connection, Sink sink) {
    return connection
        .preparedQuery(
            """
            insert into audit_sink (name, through) values ($1, 0)
            on conflict (name) do update set name = excluded.name
            returning through
            """)
        .execute(Tuple.of(sink.name()))
        .map(rows -> rows.iterator().next().getLong("through"));
  }

  private Uni<Long> give(SqlConnection connection, Sink sink, long after, long through) {
    long end = Math.min(through, after + MOST_AT_ONCE);
    if (end <= after) {
      return Uni.createFrom().item(after);
    }
    return trail
        .window(after, end)
        .chain(entries -> entries.isEmpty() ? Uni.createFrom().voidItem() : given(sink, entries))
        .chain(
            () ->
                connection
                    .preparedQuery("update audit_sink set through = $2 where name = $1")
                    .execute(Tuple.of(sink.name(), end)))
        .replaceWith(end);
  }

  /// Places may be slow: not on the thread that serves all.
  private Uni<Void> given(Sink sink, List<StoredEntry> entries) {
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .<Void>executeBlocking(
                        () -> {
                          sink.take(shown(entries));
                          return null;
                        },
                        false)
                    .toCompletionStage());
  }

  private List<ObjectNode> shown(List<StoredEntry> entries) {
    return entries.stream().map(entry -> format.of(parse(entry.record()))).toList();
  }

  private static ObjectNode parse(String record) {
    try {
      return JSON.readValue(record, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored audit record does not parse", e);
    }
  }
}
