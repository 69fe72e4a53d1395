package dev.daypass.broker.auditdigests;

import dev.daypass.broker.audit.AuditConfig;
import dev.daypass.broker.audit.AuditPartitions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// When digests are made, and when months of the trail that were kept long enough are dropped.
@Singleton
final class DigestSchedule {
  private static final Logger LOG = Logger.getLogger(DigestSchedule.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /// Longer than the broker itself asks the trail for anything.
  private static final Duration SHORTEST_RETENTION = Duration.ofDays(45);

  private static final long RETENTION_MILLIS = Duration.ofHours(1).toMillis();

  private final Digests digests;
  private final AuditPartitions partitions;
  private final AuditConfig config;
  private final Clock clock;
  private final AtomicBoolean busy = new AtomicBoolean();

  DigestSchedule(Digests digests, AuditPartitions partitions, AuditConfig config, Clock clock) {
    this.digests = digests;
    this.partitions = partitions;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started, Vertx vertx, MeterRegistry registry) {
    refuseUnsafe(config);
    Counter failures =
        Counter.builder("daypass.audit.digest.failures")
            .description("Digests of the trail that could not be made.")
            .register(registry);
    vertx.setPeriodic(
        config.digestEvery().toMillis(), _ -> run(digests.catchUp(), "sign the trail", failures));
    config
        .retention()
        .ifPresent(
            kept ->
                vertx.setPeriodic(
                    RETENTION_MILLIS, _ -> run(expire(kept), "let old months go", failures)));
  }

  static void refuseUnsafe(AuditConfig config) {
    Duration every = config.digestEvery();
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw new IllegalStateException(
          "DAYPASS_AUDIT_DIGEST_EVERY must be from 1 second to 1 hour, and is " + every);
    }
    if (config.retention().filter(kept -> kept.compareTo(SHORTEST_RETENTION) < 0).isPresent()) {
      throw new IllegalStateException(
          "DAYPASS_AUDIT_RETENTION must be 45 days at least: the broker itself asks the trail for"
              + " what is younger");
    }
  }

  /// Drops the months that are older, after a digest has said so.
  Uni<Void> expire(Duration kept) {
    Instant before = clock.instant().minus(kept);
    return partitions
        .olderThan(before)
        .chain(
            names ->
                names.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : digests
                        .expire(before, connection -> partitions.drop(connection, names))
                        .replaceWithVoid());
  }

  /// One after another: what is not done in time is taken up by the next round.
  private void run(Uni<Void> work, String what, Counter failures) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    work.onTermination()
        .invoke(() -> busy.set(false))
        .subscribe()
        .with(
            _ -> {},
            failure -> {
              failures.increment();
              LOG.errorf(failure, "could not %s", what);
            });
  }
}
