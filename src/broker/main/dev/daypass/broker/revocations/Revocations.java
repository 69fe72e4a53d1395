package dev.daypass.broker.revocations;

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
import java.util.UUID;
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

  /// Whether the sign-in was ended, alone or with all of its user.
  public Uni<Boolean> revoked(String signIn, Instant issuedAt) {
    return changes.fresh()
        ? Uni.createFrom().item(() -> isSignInRevoked(signIn, issuedAt))
        : reload().map(_ -> isSignInRevoked(signIn, issuedAt));
  }

  private boolean isRevoked(Session session) {
    return Stream.of(session.id(), session.accessKeyId(), session.principalId())
            .anyMatch(subject -> isRevoked(subject, session.issuedAt()))
        || session
            .signIn()
            .filter(signIn -> isSignInRevoked(signIn, session.issuedAt()))
            .isPresent();
  }

  /// The id of a sign-in begins with that of its user.
  private boolean isSignInRevoked(String signIn, Instant issuedAt) {
    return isRevoked(signIn, issuedAt)
        || isRevoked(signIn.substring(0, signIn.indexOf('.') + 1), issuedAt);
  }

  private boolean isRevoked(String subject, Instant issuedAt) {
    Instant before = revokedBefore.get(subject);
    return before != null && !issuedAt.isAfter(before);
  }

  /// A new sign-in's id.
  public static String newSignIn(String userId) {
    return userId + "." + UUID.randomUUID();
  }

  /// Ends the user's sign-ins until `now`, and every session that came of them. Sessions that were
  /// had with access keys are no sign-ins.
  public Uni<Void> endSignIns(String userId, Instant now) {
    return revoke(userId + ".", now);
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
