package dev.daypass.broker.calls;

import dev.daypass.wire.ApiError;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// How many signed calls there were, of which actions, with which errors, and how long they took
/// until their record was durable. Every label comes from the catalogue or from the error codes
/// there are, and none from a request: whoever calls cannot make more of them.
@Singleton
final class CallMetrics {
  private static final String UNKNOWN = "Unknown";
  private static final String NONE = "None";
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1)
  };

  private record Kind(String service, String action, String error) {}

  private final Catalogue catalogue;
  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  CallMetrics(Catalogue catalogue, MeterRegistry registry) {
    this.catalogue = catalogue;
    this.registry = registry;
  }

  /// @param nanos how long it took
  void note(Protocol protocol, Answer answer, long nanos) {
    timers.computeIfAbsent(kind(protocol, answer), this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Kind kind(Protocol protocol, Answer answer) {
    String error = answer.refusal().map(refusal -> refusal.code().wireName()).orElse(NONE);
    try {
      return protocol
          .called()
          .flatMap(service -> catalogue.find(service, protocol.action()))
          .map(action -> new Kind(action.service().signingName(), action.name(), error))
          .orElseGet(() -> new Kind(UNKNOWN, UNKNOWN, error));
    } catch (ApiError _) {
      return new Kind(UNKNOWN, UNKNOWN, error);
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("daypass.calls")
        .description("Signed calls, until their record was durable.")
        .tag("service", kind.service())
        .tag("action", kind.action())
        .tag("error", kind.error())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }
}
