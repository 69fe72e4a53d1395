package dev.daypass.broker.brokerkeys;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.KeyState;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.daypass.KeyUse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// What an operator watches: how old the keys are that issue, how many are honoured, and whether
/// this node hears of changes. Every label has a closed set of values.
@Singleton
final class KeyMetrics {
  private static final List<KeyState> HONOURED =
      List.of(KeyState.NEXT, KeyState.ACTIVE, KeyState.VERIFY_ONLY);

  private final SigningKeys keys;
  private final Clock clock;

  KeyMetrics(SigningKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  void start(
      @Observes StartupEvent started,
      MeterRegistry registry,
      Sealer sealer,
      Revocations revocations,
      Changes changes) {
    for (KeyPurpose purpose : KeyPurpose.values()) {
      String use = KeyUse.valueOf(purpose.name()).toString();
      Gauge.builder("daypass.key.age", () -> age(purpose))
          .description("Seconds since the key that issues began to.")
          .baseUnit("seconds")
          .tag("purpose", use)
          .register(registry);
      for (KeyState state : HONOURED) {
        Gauge.builder("daypass.keys", () -> count(purpose, state))
            .description("Keys that are known and not retired.")
            .tag("purpose", use)
            .tag("state", state.name())
            .register(registry);
      }
    }
    Gauge.builder("daypass.sealing.keys", () -> sealer.ids().size())
        .description("Key-encryption keys in the file.")
        .register(registry);
    Gauge.builder("daypass.revocations", revocations::size)
        .description("Revocations in force.")
        .register(registry);
    Gauge.builder("daypass.changes.fresh", () -> changes.fresh() ? 1 : 0)
        .description("1 while this node hears of changes, 0 while it reads through.")
        .register(registry);
  }

  private double age(KeyPurpose purpose) {
    BrokerKey active = keys.ring().active(purpose);
    return Duration.between(active.activatedAt().orElse(active.createdAt()), clock.instant())
        .toSeconds();
  }

  private long count(KeyPurpose purpose, KeyState state) {
    return keys.ring().keys().stream()
        .filter(key -> key.purpose() == purpose && key.state() == state)
        .count();
  }
}
