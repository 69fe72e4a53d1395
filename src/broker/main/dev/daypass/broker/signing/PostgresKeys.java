package dev.daypass.broker.signing;

import com.nimbusds.jose.jwk.JWK;
import dev.daypass.broker.sealing.SealedColumn;
import dev.daypass.broker.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/// The keys in PostgreSQL, their private halves sealed.
@Singleton
final class PostgresKeys {
  private static final String ONE_NODE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtext('daypass-keys'))";

  /// A later version, which may be at work beside this one, has keys for more: they are its own.
  private static final String[] PURPOSES =
      Arrays.stream(KeyPurpose.values()).map(Enum::name).toArray(String[]::new);

  private final Pool database;
  private final Sealer sealer;
  private final KeySchedule schedule;
  private final Clock clock;
  private final KeyFactory factory;
  private final Vertx vertx;

  PostgresKeys(
      Pool database,
      Sealer sealer,
      KeySchedule schedule,
      SecureRandom random,
      Clock clock,
      Vertx vertx) {
    Rotation.refuseUnsafe(schedule);
    this.database = database;
    this.sealer = sealer;
    this.schedule = schedule;
    this.clock = clock;
    this.factory = new KeyFactory(random, clock);
    this.vertx = vertx;
  }

  Uni<KeyRing> ring() {
    return database.withConnection(this::ring);
  }

  /// Does what is due, on one node at a time.
  Uni<Void> applyDueRotations() {
    return change(ring -> Rotation.due(ring, schedule, clock.instant()));
  }

  /// Lets the next keys take over, on one node at a time. Fails as [Rotation#now] does.
  Uni<Void> rotate(Set<KeyPurpose> purposes, boolean force) {
    return change(ring -> Rotation.now(ring, purposes, schedule, clock.instant(), force));
  }

  /// Retires a key at once, on one node at a time.
  Uni<Void> retire(String id) {
    return change(ring -> Rotation.retire(ring, id));
  }

  private Uni<Void> change(Function<KeyRing, List<Rotation>> steps) {
    return database.withTransaction(
        connection ->
            connection
                .query(ONE_NODE_AT_A_TIME)
                .execute()
                .chain(() -> ring(connection))
                .map(steps)
                .chain(due -> applyAll(connection, due)));
  }

  /// Every key there is and was, without its private half, newest first.
  Uni<List<KnownKey>> known() {
    return database
        .preparedQuery(
            """
            select id, purpose, state, created_at, activated_at, demoted_at, retired_at
            from broker_key where purpose = any($1) order by purpose, created_at desc, id
            """)
        .execute(Tuple.of(PURPOSES))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(PostgresKeys::known).toList());
  }

  /// The public halves of every key there is and was for this purpose.
  Uni<List<JWK>> published(KeyPurpose purpose) {
    return database
        .preparedQuery(
            "select public_jwk from broker_key where purpose = $1 and public_jwk is not null")
        .execute(Tuple.of(purpose.name()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> parse(row.getString("public_jwk")))
                    .toList());
  }

  private static KnownKey known(Row row) {
    return new KnownKey(
        row.getString("id"),
        KeyPurpose.valueOf(row.getString("purpose")),
        KeyState.valueOf(row.getString("state")),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "activated_at"),
        instant(row, "demoted_at"),
        instant(row, "retired_at"));
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  private Uni<KeyRing> ring(SqlConnection connection) {
    return connection
        .preparedQuery("select * from broker_key where purpose = any($1)")
        .execute(Tuple.of(PURPOSES))
        .map(this::toRing);
  }

  private Uni<Void> applyAll(SqlConnection connection, List<Rotation> due) {
    Uni<Void> done = Uni.createFrom().voidItem();
    for (Rotation step : due) {
      done = done.chain(() -> apply(connection, step));
    }
    return done;
  }

  private Uni<Void> apply(SqlConnection connection, Rotation step) {
    return switch (step) {
      case Rotation.Create(var purpose, var state) ->
          made(purpose, state).chain(key -> insert(connection, key));
      case Rotation.TakeOver(var active, var next) ->
          moveTo(connection, active, KeyState.VERIFY_ONLY, "demoted_at")
              .chain(() -> moveTo(connection, next, KeyState.ACTIVE, "activated_at"));
      case Rotation.Promote(var next) -> moveTo(connection, next, KeyState.ACTIVE, "activated_at");
      case Rotation.Retire(var key) -> retire(connection, key);
    };
  }

  /// An RSA key takes some hundred milliseconds to find: not on the thread that serves all.
  private Uni<BrokerKey> made(KeyPurpose purpose, KeyState state) {
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .executeBlocking(() -> factory.create(purpose, state), false)
                    .toCompletionStage());
  }

  private Uni<Void> insert(SqlConnection connection, BrokerKey key) {
    return connection
        .preparedQuery(
            """
            insert into broker_key (id, purpose, state, public_jwk, sealed_key, created_at, activated_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """)
        .execute(
            Tuple.from(
                new Object[] {
                  key.id(),
                  key.purpose().name(),
                  key.state().name(),
                  key.publicKey().map(JWK::toJSONString).orElse(null),
                  io.vertx.core.buffer.Buffer.buffer(sealer.seal(key.secret(), owner(key.id()))),
                  utc(key.createdAt()),
                  key.activatedAt().map(PostgresKeys::utc).orElse(null)
                }))
        .replaceWithVoid();
  }

  private Uni<Void> moveTo(SqlConnection connection, BrokerKey key, KeyState state, String stamp) {
    return connection
        .preparedQuery("update broker_key set state = $2, %s = $3 where id = $1".formatted(stamp))
        .execute(Tuple.of(key.id(), state.name(), utc(clock.instant())))
        .replaceWithVoid();
  }

  /// The private half is forgotten for good.
  private Uni<Void> retire(SqlConnection connection, BrokerKey key) {
    return connection
        .preparedQuery(
            "update broker_key set state = 'RETIRED', sealed_key = '', retired_at = $2 where id = $1")
        .execute(Tuple.of(key.id(), utc(clock.instant())))
        .replaceWithVoid();
  }

  private KeyRing toRing(RowSet<Row> rows) {
    return new KeyRing(
        StreamSupport.stream(rows.spliterator(), false)
            .filter(row -> !row.getString("state").equals(KeyState.RETIRED.name()))
            .map(this::toKey)
            .toList());
  }

  private BrokerKey toKey(Row row) {
    String id = row.getString("id");
    Buffer sealed = row.getBuffer("sealed_key");
    return new BrokerKey(
        id,
        KeyPurpose.valueOf(row.getString("purpose")),
        KeyState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("public_jwk")).map(PostgresKeys::parse),
        sealer.open(sealed.getBytes(), owner(id)),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "activated_at"),
        instant(row, "demoted_at"));
  }

  private static JWK parse(String jwk) {
    try {
      return JWK.parse(jwk);
    } catch (ParseException e) {
      throw new IllegalStateException("a stored public key does not parse", e);
    }
  }

  private static String owner(String id) {
    return SealedColumn.BROKER_KEY.owner(id);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
