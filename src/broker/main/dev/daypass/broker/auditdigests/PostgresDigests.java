package dev.daypass.broker.auditdigests;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The digests in PostgreSQL, beside what they are of.
@Singleton
final class PostgresDigests {
  private static final String ONE_NODE_IS_ENOUGH =
      "select pg_try_advisory_xact_lock(hashtext('daypass-audit-digest')) as mine";

  private final Pool database;

  PostgresDigests(Pool database) {
    this.database = database;
  }

  /// Whether this node makes the next digest, as long as the transaction lasts.
  Uni<Boolean> isMine(SqlConnection connection) {
    return connection
        .query(ONE_NODE_IS_ENOUGH)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean("mine"));
  }

  /// The newest.
  Uni<Optional<StoredDigest>> last() {
    return one("order by number desc limit 1", Tuple.tuple());
  }

  /// The one of this number.
  Uni<Optional<StoredDigest>> at(long number) {
    return one("where number = $1", Tuple.of(number));
  }

  /// The first with a greater number than that, in order.
  Uni<Optional<StoredDigest>> next(long after) {
    return one("where number > $1 order by number limit 1", Tuple.of(after));
  }

  private Uni<Optional<StoredDigest>> one(String which, Tuple parameters) {
    return database
        .preparedQuery(
            "select number, through, token, length(lines) / %d as records from audit_digest %s"
                .formatted(Line.BYTES, which))
        .execute(parameters)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(PostgresDigests::read));
  }

  /// The lines of the one of this number: 48 bytes for each record; none where there is none.
  Uni<byte[]> lines(long number) {
    return database
        .preparedQuery("select lines from audit_digest where number = $1")
        .execute(Tuple.of(number))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .findFirst()
                    .map(row -> row.getBuffer("lines").getBytes())
                    .orElse(new byte[0]));
  }

  /// Fails where the number is taken: then another node was faster.
  Uni<Void> insert(SqlConnection connection, Digest digest, String token, byte[] lines) {
    return connection
        .preparedQuery(
            "insert into audit_digest (number, through, token, lines) values ($1, $2, $3, $4)")
        .execute(Tuple.of(digest.number(), digest.through(), token, Buffer.buffer(lines)))
        .replaceWithVoid();
  }

  /// How many records are in no digest yet.
  Uni<Long> countAfter(long through) {
    return database
        .preparedQuery("select count(*) as records from audit_event where sequence > $1")
        .execute(Tuple.of(through))
        .map(rows -> rows.iterator().next().getLong("records"));
  }

  private static StoredDigest read(Row row) {
    return new StoredDigest(
        row.getLong("number"),
        row.getLong("through"),
        row.getString("token"),
        row.getInteger("records"));
  }
}
