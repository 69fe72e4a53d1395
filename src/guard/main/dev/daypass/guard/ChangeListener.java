package dev.daypass.guard;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps a stream of changes open. A lost one is opened again; one that is old is replaced while it
/// still speaks, so that nothing is missed in between and clocks that drift do not matter.
final class ChangeListener {
  /// Anything may have changed.
  static final String ANYTHING = "*";

  private static final System.Logger LOG = System.getLogger(ChangeListener.class.getName());
  private static final long TICK_MILLIS = 100;
  private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
  private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

  private final Broker broker;
  private final LongSupplier nanos;
  private final Consumer<String> changed;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("daypass-guard").unstarted(work));
  private @Nullable ChangeLines current;
  private @Nullable ChangeLines next;
  private long retryAt;
  private volatile Hearing hearing = Hearing.none();
  private volatile boolean refused;

  ChangeListener(Broker broker, LongSupplier nanos, Consumer<String> changed) {
    this.broker = broker;
    this.nanos = nanos;
    this.changed = changed;
    this.retryAt = nanos.getAsLong();
  }

  void start() {
    timer.scheduleWithFixedDelay(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// The hearing of now; of nothing while there is no stream.
  Hearing hearing() {
    return hearing;
  }

  /// Whether the broker, when last asked, did not let this guard listen.
  boolean refused() {
    return refused;
  }

  private synchronized void tick() {
    long now = nanos.getAsLong();
    ChangeLines open = current;
    if (open != null && open.ended(now, LONGEST_SILENCE_NANOS)) {
      lose(open);
      open = null;
    }
    if (open == null) {
      if (now - retryAt >= 0) {
        current = open(now);
      }
      return;
    }
    replaceIfOld(open, now);
  }

  private void replaceIfOld(ChangeLines open, long now) {
    ChangeLines coming = next;
    if (coming == null) {
      if (open.old(now) && now - retryAt >= 0) {
        next = open(now);
      }
    } else if (coming.ended(now, LONGEST_SILENCE_NANOS)) {
      coming.cancel();
      next = null;
    } else if (coming.overlaps(open)) {
      current = coming;
      next = null;
      open.cancel();
    }
  }

  private ChangeLines open(long now) {
    retryAt = now + RETRY_NANOS;
    ChangeLines lines = new ChangeLines(nanos, this::heard, changed);
    broker.listen(lines).whenComplete((_, failure) -> ended(lines, failure));
    return lines;
  }

  private synchronized void heard(ChangeLines lines, boolean first) {
    if (lines != current) {
      return;
    }
    if (first) {
      refused = false;
      // What was kept before may have changed unheard.
      hearing = Hearing.from(lines.heardAt());
    } else {
      hearing.until(lines.heardAt());
    }
  }

  private void ended(ChangeLines lines, @Nullable Throwable failure) {
    lines.end();
    if (timer.isShutdown()) {
      return;
    }
    Throwable cause = failure != null && failure.getCause() != null ? failure.getCause() : failure;
    if (cause instanceof NotAllowed) {
      refused = true;
    }
    if (cause != null) {
      LOG.log(System.Logger.Level.WARNING, "cannot listen for changes: {0}", cause.getMessage());
    }
    timer.execute(this::tick);
  }

  private void lose(ChangeLines lost) {
    lost.cancel();
    ChangeLines coming = next;
    if (coming != null) {
      coming.cancel();
    }
    current = null;
    next = null;
    hearing = Hearing.none();
  }

  synchronized void close() {
    timer.shutdownNow();
    ChangeLines open = current;
    if (open != null) {
      lose(open);
    }
  }
}
