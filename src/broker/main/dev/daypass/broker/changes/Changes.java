package dev.daypass.broker.changes;

import dev.daypass.broker.database.Connections;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What changed in the database, as it tells every node in the transaction that changes it
/// (PostgreSQL LISTEN/NOTIFY). One connection listens and is probed every 500 ms; a node that has
/// not heard from PostgreSQL for 2 seconds is not [#fresh()], and then nothing kept in memory may
/// be used. Where a probe is not even refused for as long, PostgreSQL is given up until it answers
/// ([Connections#cut()]).
@Singleton
public final class Changes {
  private static final Logger LOG = Logger.getLogger(Changes.class);
  private static final String CHANNEL = "daypass";
  private static final String MARK = "mark:";
  private static final long PROBE_MILLIS = 500;
  private static final long PROBE_NANOS = PROBE_MILLIS * 1_000_000;
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(2);

  private final Connections connections;
  private final Vertx vertx;
  private final CopyOnWriteArrayList<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();
  private volatile @Nullable PgConnection connection;
  private volatile long heardAtNanos = System.nanoTime() - LONGEST_SILENCE.toNanos();
  private volatile long repliedAtNanos = System.nanoTime();
  private volatile long probedAtNanos = System.nanoTime();
  private volatile boolean stopped;
  private volatile boolean connecting;

  Changes(Connections connections, Vertx vertx) {
    this.connections = connections;
    this.vertx = vertx;
  }

  void start(@Observes @Priority(1) StartupEvent started) {
    vertx.setPeriodic(1, PROBE_MILLIS, _ -> probe());
  }

  void stop(@Observes ShutdownEvent stopping) {
    stopped = true;
    PgConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  /// Calls `listener` with the key of each thing that changed, such as `role:111122223333/deploy`;
  /// with `*` when anything may have changed unheard.
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /// Whether every change committed more than two seconds ago has been heard.
  public boolean fresh() {
    return System.nanoTime() - heardAtNanos < LONGEST_SILENCE.toNanos();
  }

  /// The time, on [System#nanoTime()], before which every change was heard.
  public long heardAtNanos() {
    return heardAtNanos;
  }

  /// Completes when this node has heard of all that was committed before this call. Fails with
  /// [Unheard] where that cannot be known within two seconds.
  public Uni<Void> caughtUp() {
    PgConnection open = connection;
    if (open == null) {
      return Uni.createFrom().failure(new Unheard());
    }
    Context caller = vertx.getOrCreateContext();
    return Uni.createFrom()
        .completionStage(() -> open.query("select 1").execute().toCompletionStage())
        .ifNoItem()
        .after(LONGEST_SILENCE)
        .fail()
        .onFailure()
        .transform(Unheard::new)
        .emitOn(work -> caller.runOnContext(_ -> work.run()))
        .replaceWithVoid();
  }

  /// Grows with every change heard. What was read at an older epoch may be outdated.
  public long epoch() {
    return epoch.get();
  }

  /// The SQL a writing transaction runs last, with `mark` as its parameter, for [#heard(String)].
  public static final String MARK_SQL =
      "select cast(pg_notify('" + CHANNEL + "', '" + MARK + "' || ?1) as text)";

  /// Completes when this node has heard of all that the transaction marked `mark` changed, or after
  /// two seconds, when it trusts its memory no more. Awaited from this call on: call it before
  /// committing.
  public Uni<Void> heard(String mark) {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    awaited.put(mark, heard);
    heard.completeOnTimeout(null, LONGEST_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    heard.whenComplete((_, _) -> awaited.remove(mark));
    Context caller = vertx.getOrCreateContext();
    return Uni.createFrom()
        .completionStage(heard)
        .emitOn(work -> caller.runOnContext(_ -> work.run()));
  }

  private void probe() {
    giveUpWhereSilent();
    PgConnection open = connection;
    if (open == null) {
      connect();
      return;
    }
    // What was committed before the question was sent has been told before it is answered.
    long asked = System.nanoTime();
    open.query("select 1")
        .execute()
        .onComplete(_ -> repliedAtNanos = System.nanoTime())
        .onSuccess(_ -> heardAtNanos = asked)
        .onFailure(_ -> lose(open));
  }

  /// A process that was itself stopped meanwhile has not waited: it looks at what is there first.
  private void giveUpWhereSilent() {
    long now = System.nanoTime();
    if (now - probedAtNanos > 2 * PROBE_NANOS) {
      repliedAtNanos = now;
    }
    probedAtNanos = now;
    if (now - repliedAtNanos > LONGEST_SILENCE.toNanos() && !stopped) {
      if (connections.cut()) {
        LOG.warn("PostgreSQL does not answer; everything is refused until it does");
      }
    }
  }

  private void connect() {
    if (connecting || stopped) {
      return;
    }
    connecting = true;
    connections
        .open(vertx)
        .onComplete(_ -> repliedAtNanos = System.nanoTime())
        .onSuccess(this::hearFrom)
        .onFailure(failure -> LOG.warnf("cannot listen for changes: %s", failure.getMessage()))
        .onComplete(_ -> connecting = false);
  }

  private void hearFrom(PgConnection fresh) {
    fresh.notificationHandler(notification -> tell(notification.getPayload()));
    fresh.closeHandler(_ -> lose(fresh));
    long asked = System.nanoTime();
    fresh
        .query("listen " + CHANNEL)
        .execute()
        .onSuccess(
            _ -> {
              // What changed while nobody listened is unknown.
              tell("*");
              connection = fresh;
              heardAtNanos = asked;
              connections.mend();
            })
        .onFailure(_ -> fresh.close());
  }

  private void lose(PgConnection lost) {
    if (connection == lost && !stopped) {
      LOG.warn("lost the connection that listens for changes; reading through until it is back");
      connection = null;
      heardAtNanos = System.nanoTime() - LONGEST_SILENCE.toNanos();
      lost.close();
      connect();
    }
  }

  private void tell(String changed) {
    if (changed.startsWith(MARK)) {
      CompletableFuture<Void> waiting = awaited.get(changed.substring(MARK.length()));
      if (waiting != null) {
        waiting.complete(null);
      }
      return;
    }
    epoch.incrementAndGet();
    listeners.forEach(listener -> listener.accept(changed));
  }
}
