package dev.daypass.broker.auditsinks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Every second, each sink gets what it does not have yet. One that takes nothing is tried again
/// less and less often, a minute apart at most, and loses nothing.
@Singleton
final class DeliverySchedule {
  private static final Logger LOG = Logger.getLogger(DeliverySchedule.class);
  private static final long EVERY_MILLIS = Duration.ofSeconds(1).toMillis();
  private static final int MOST_ROUNDS_APART = 60;

  private final Delivery delivery;

  DeliverySchedule(Delivery delivery) {
    this.delivery = delivery;
  }

  void start(@Observes StartupEvent started, Sinks sinks, Vertx vertx, MeterRegistry registry) {
    Sinks.NAMES.forEach(name -> failures(name, registry));
    for (Sink sink : sinks.all()) {
      Rounds rounds = new Rounds(sink, failures(sink.name(), registry));
      vertx.setPeriodic(EVERY_MILLIS, _ -> rounds.next());
    }
  }

  private static Counter failures(String sink, MeterRegistry registry) {
    return Counter.builder("daypass.audit.sink.failures")
        .description("Deliveries that a sink of the trail did not take.")
        .tag("sink", sink)
        .register(registry);
  }

  /// The rounds of one sink, one after another.
  private final class Rounds {
    private final Sink sink;
    private final Counter failures;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile int apart;
    private volatile int waits;

    Rounds(Sink sink, Counter failures) {
      this.sink = sink;
      this.failures = failures;
    }

    void next() {
      if (waits > 0) {
        waits--;
        return;
      }
      if (busy.compareAndSet(false, true)) {
        delivery
            .catchUp(sink)
            .onTermination()
            .invoke(() -> busy.set(false))
            .subscribe()
            .with(_ -> apart = 0, this::failed);
      }
    }

    private void failed(Throwable failure) {
      failures.increment();
      apart = Math.min(MOST_ROUNDS_APART, Math.max(1, apart * 2));
      waits = apart;
      LOG.errorf(
          failure,
          "the trail's sink %s took nothing; it is tried again in %d s",
          sink.name(),
          apart);
    }
  }
}
