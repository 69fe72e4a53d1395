package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Session;
import dev.daypass.broker.changes.Changes;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// What was ended before its time. All of it is in memory, so that asking costs nothing; a node
/// that may not have heard of a change reads it anew before it answers.
@Singleton
public final class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  // Longer than any credential lives.
  private static final Duration KEPT_FOR = Duration.ofHours(37);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Pool database;
  private final Changes changes;
  private final AtomicLong reads = new AtomicLong();
  private volatile Map<String, Instant> revokedBefore = Map.of();
  private long kept;

  Revocations(Pool database, Changes changes) {
    this.database = database;
    this.changes = changes;
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    changes.listen(this::reloadIfChanged);
    reload().await().atMost(PATIENCE);
  }

  /// Whether the session, the sign-in it descends from, or everything of its principal was ended.
  public Uni<Boolean> revoked(Session session) {
    return changes.fresh()
        ? Uni.createFrom().item(() -> isRevoked(session))
        : reload().map(_ -> isRevoked(session));
  }

  /// Whether everything of the subject that was issued by then was ended.
  public Uni<Boolean> revoked(String subject, Instant issuedAt) {
    return changes.fresh()
        ? Uni.createFrom().item(() -> isRevoked(subject, issuedAt))
        : reload().map(_ -> isRevoked(subject, issuedAt));
  }

  private boolean isRevoked(Session session) {
    return Stream.concat(
            Stream.of(session.id(), session.accessKeyId(), session.principalId()),
            session.signIn().stream())
        .anyMatch(subject -> isRevoked(subject, session.issuedAt()));
  }

  private boolean isRevoked(String subject, Instant issuedAt) {
    Instant before = revokedBefore.get(subject);
    return before != null && !issuedAt.isAfter(before);
  }

  /// Ends everything issued to the subject until `now`: a session's id, a sign-in's, or a
  /// principal's.
  public Uni<Void> revoke(String subject, Instant now) {
    return database
        .preparedQuery(
            """
            insert into revocation (subject, before, expires_at) values ($1, $2, $3)
            on conflict (subject) do update
              set before = greatest(revocation.before, excluded.before), expires_at = excluded.expires_at
            """)
        .execute(Tuple.of(subject, utc(now), utc(now.plus(KEPT_FOR))))
        .chain(this::reload);
  }

  /// Reads may overtake each other; the one that began last knows most.
  private Uni<Void> reload() {
    long begun = reads.incrementAndGet();
    return database
        .query("select subject, before from revocation where expires_at > now()")
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toUnmodifiableMap(
                            row -> row.getString("subject"), Revocations::before)))
        .invoke(loaded -> keep(begun, loaded))
        .replaceWithVoid();
  }

  private synchronized void keep(long begun, Map<String, Instant> loaded) {
    if (begun > kept) {
      kept = begun;
      revokedBefore = loaded;
    }
  }

  private void reloadIfChanged(String changed) {
    if (changed.equals("*") || changed.equals("revocation")) {
      reload()
          .subscribe()
          .with(_ -> {}, failure -> LOG.error("could not read the revocations", failure));
    }
  }

  private static Instant before(Row row) {
    return row.getOffsetDateTime("before").toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
