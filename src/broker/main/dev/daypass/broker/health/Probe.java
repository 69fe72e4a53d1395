package dev.daypass.broker.health;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// A question to a store, which is not there where it does not answer in time.
final class Probe {
  /// Less than whoever probes the broker waits.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Probe() {}

  static Uni<HealthCheckResponse> ask(String name, Uni<?> question) {
    return question
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(_ -> HealthCheckResponse.up(name))
        .onFailure()
        .recoverWithItem(() -> HealthCheckResponse.down(name));
  }
}
