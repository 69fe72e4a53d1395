package dev.daypass.broker.signing;

import com.nimbusds.jose.jwk.JWK;
import dev.daypass.broker.changes.Changes;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// The broker's keys as this node knows them: read at start, again whenever the database says that
/// they changed, and rotated when they are due.
@Singleton
public final class SigningKeys {
  private static final Logger LOG = Logger.getLogger(SigningKeys.class);
  private static final long ROTATION_CHECK_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PostgresKeys keys;
  private final Changes changes;
  private final Vertx vertx;
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong changed = new AtomicLong();
  private volatile KeyRing ring = new KeyRing(List.of());
  private volatile long keptAt = -1;
  private long kept;

  SigningKeys(PostgresKeys keys, Changes changes, Vertx vertx) {
    this.keys = keys;
    this.changes = changes;
    this.vertx = vertx;
  }

  /// The keys as this node knows them.
  public KeyRing ring() {
    return ring;
  }

  /// The keys as of now: from the database where this node may not have heard of a change. Asked
  /// before anything that a key vouches for is believed, so that a retired key is refused in time.
  public Uni<KeyRing> current() {
    return changes.fresh() && keptAt == changed.get()
        ? Uni.createFrom().item(ring)
        : reload().map(_ -> ring);
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    rotate().await().atMost(PATIENCE);
    changes.listen(this::reloadIfChanged);
    vertx.setPeriodic(ROTATION_CHECK_MILLIS, _ -> run(rotate(), "rotate"));
  }

  /// Every key there is and was.
  public Uni<List<KnownKey>> known() {
    return keys.known();
  }

  /// The public halves of every key there is and was for this purpose.
  public Uni<List<JWK>> published(KeyPurpose purpose) {
    return keys.published(purpose);
  }

  /// Lets the next keys of these purposes take over. What the former issued is honoured to its end.
  /// `EntityTemporarilyUnmodifiable` where a next key is too new.
  ///
  /// @param force whether it is enough that the brokers know the next key
  public Uni<Void> rotate(Set<KeyPurpose> purposes, boolean force) {
    return keys.rotate(purposes, force).chain(this::reload);
  }

  /// Forgets a key, and refuses what it vouched for. `NoSuchEntity` where there is no such key.
  public Uni<Void> retire(String id) {
    return keys.retire(id).chain(this::reload);
  }

  private Uni<Void> rotate() {
    return keys.applyDueRotations().chain(this::reload);
  }

  /// Reads may overtake each other; the one that began last knows most.
  private Uni<Void> reload() {
    long begun = reads.incrementAndGet();
    long heard = changed.get();
    return keys.ring().invoke(loaded -> keep(begun, heard, loaded)).replaceWithVoid();
  }

  private synchronized void keep(long begun, long heard, KeyRing loaded) {
    if (begun > kept) {
      kept = begun;
      ring = loaded;
      keptAt = heard;
    }
  }

  private void reloadIfChanged(String what) {
    if (what.equals("*") || what.equals("broker_key")) {
      changed.incrementAndGet();
      run(reload(), "read");
    }
  }

  private static void run(Uni<Void> work, String what) {
    work.subscribe()
        .with(_ -> {}, failure -> LOG.errorf(failure, "could not %s the signing keys", what));
  }
}
