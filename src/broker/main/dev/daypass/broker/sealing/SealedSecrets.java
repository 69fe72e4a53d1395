package dev.daypass.broker.sealing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// All that is sealed in the database, and its change to another key-encryption key. Each step is
/// one transaction, and what is left to do is seen from the secrets themselves: it can be stopped
/// anywhere, taken up by any node, and done by several at once.
@Singleton
public final class SealedSecrets {
  private static final Logger LOG = Logger.getLogger(SealedSecrets.class);
  private static final int AT_ONCE = 500;

  private final Pool database;
  private final Sealer sealer;

  SealedSecrets(Pool database, Sealer sealer) {
    this.database = database;
    this.sealer = sealer;
  }

  /// What one step did. Rows that did not open stay as they were.
  public record Step(int rewrapped, int failed) {
    private Step and(Step more) {
      return new Step(rewrapped + more.rewrapped, failed + more.failed);
    }
  }

  /// How many secrets each key has sealed, by its id; those of a key that is not in the file under
  /// `?`.
  public Uni<Map<String, Integer>> count() {
    Map<String, String> ids = new TreeMap<>();
    sealer.prefixes().forEach((id, prefix) -> ids.put(HexFormat.of().formatHex(prefix), id));
    Uni<Map<String, Integer>> all = Uni.createFrom().item(new TreeMap<>());
    for (SealedColumn column : SealedColumn.values()) {
      all =
          all.chain(
              sofar ->
                  database.query(countOf(column)).execute().map(rows -> add(sofar, rows, ids)));
    }
    return all;
  }

  private static String countOf(SealedColumn column) {
    return """
    select encode(substring(%1$s from 1 for %3$d), 'hex') as prefix, count(*) as number
    from %2$s where length(%1$s) > 0 group by 1
    """
        .formatted(column.column(), column.table(), Keyset.PREFIX_LENGTH);
  }

  private static Map<String, Integer> add(
      Map<String, Integer> sofar, RowSet<Row> rows, Map<String, String> ids) {
    Map<String, Integer> sum = new TreeMap<>(sofar);
    rows.forEach(
        row ->
            sum.merge(
                ids.getOrDefault(row.getString("prefix"), "?"),
                Math.toIntExact(row.getLong("number")),
                Integer::sum));
    return sum;
  }

  /// Seals some more secrets anew with the primary key.
  public Uni<Step> rewrapSome() {
    Uni<Step> done = Uni.createFrom().item(new Step(0, 0));
    for (SealedColumn column : SealedColumn.values()) {
      done =
          done.chain(
              sofar ->
                  sofar.rewrapped() > 0
                      ? Uni.createFrom().item(sofar)
                      : database
                          .withTransaction(connection -> rewrapSome(connection, column))
                          .map(sofar::and));
    }
    return done;
  }

  private Uni<Step> rewrapSome(SqlConnection connection, SealedColumn column) {
    return connection
        .preparedQuery(
            """
            select %1$s as id, %2$s as sealed from %3$s
            where substring(%2$s from 1 for %4$d) = any($1) order by %1$s limit %5$d
            for update skip locked
            """
                .formatted(
                    column.key(), column.column(), column.table(), Keyset.PREFIX_LENGTH, AT_ONCE))
        .execute(Tuple.of(others()))
        .chain(rows -> write(connection, column, rows));
  }

  private Buffer[] others() {
    return sealer.prefixes().entrySet().stream()
        .filter(key -> !key.getKey().equals(sealer.primary()))
        .map(key -> Buffer.buffer(key.getValue()))
        .toArray(Buffer[]::new);
  }

  private Uni<Step> write(SqlConnection connection, SealedColumn column, RowSet<Row> rows) {
    List<String> ids = new ArrayList<>();
    List<Buffer> sealed = new ArrayList<>();
    for (Row row : StreamSupport.stream(rows.spliterator(), false).toList()) {
      String id = row.getString("id");
      try {
        String owner = column.owner(id);
        byte[] anew = sealer.seal(sealer.open(row.getBuffer("sealed").getBytes(), owner), owner);
        sealed.add(Buffer.buffer(anew));
        ids.add(id);
      } catch (IllegalStateException e) {
        LOG.errorf("left as it is: %s", e.getMessage());
      }
    }
    Step step = new Step(ids.size(), rows.size() - ids.size());
    return ids.isEmpty()
        ? Uni.createFrom().item(step)
        : connection
            .preparedQuery(
                """
                update %3$s t set %2$s = u.sealed
                from unnest($1::text[], $2::bytea[]) as u (id, sealed) where t.%1$s = u.id
                """
                    .formatted(column.key(), column.column(), column.table()))
            .execute(Tuple.of(ids.toArray(String[]::new), sealed.toArray(Buffer[]::new)))
            .replaceWith(step);
  }
}
