package dev.daypass.broker.signing;

import dev.daypass.broker.changes.Changes;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
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
  private volatile KeyRing ring = new KeyRing(List.of());
  private long kept;

  SigningKeys(PostgresKeys keys, Changes changes, Vertx vertx) {
    this.keys = keys;
    this.changes = changes;
    this.vertx = vertx;
  }

  /// The keys as of now.
  public KeyRing ring() {
    return ring;
  }

  void start(@Observes @Priority(10) StartupEvent started) {
    rotate().await().atMost(PATIENCE);
    changes.listen(this::reloadIfChanged);
    vertx.setPeriodic(ROTATION_CHECK_MILLIS, _ -> run(rotate(), "rotate"));
  }

  private Uni<Void> rotate() {
    return keys.applyDueRotations().chain(this::reload);
  }

  /// Reads may overtake each other; the one that began last knows most.
  private Uni<Void> reload() {
    long begun = reads.incrementAndGet();
    return keys.ring().invoke(loaded -> keep(begun, loaded)).replaceWithVoid();
  }

  private synchronized void keep(long begun, KeyRing loaded) {
    if (begun > kept) {
      kept = begun;
      ring = loaded;
    }
  }

  private void reloadIfChanged(String changed) {
    if (changed.equals("*") || changed.equals("broker_key")) {
      run(reload(), "read");
    }
  }

  private static void run(Uni<Void> work, String what) {
    work.subscribe()
        .with(_ -> {}, failure -> LOG.errorf(failure, "could not %s the signing keys", what));
  }
}
