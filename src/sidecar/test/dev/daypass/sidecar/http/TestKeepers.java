package dev.daypass.sidecar.http;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.BrokerClock;
import dev.daypass.client.sources.Fetched;
import dev.daypass.client.sources.SecurityTokenService.Standing;
import dev.daypass.client.sources.Source;
import dev.daypass.sidecar.keeping.Keeper;
import dev.daypass.sidecar.keeping.Kept;
import dev.daypass.sidecar.keeping.Surroundings;
import dev.daypass.sidecar.telling.Watchers;
import dev.daypass.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Keepers without a broker.
final class TestKeepers {
  static final BrokerClock CLOCK = new BrokerClock(InstantSource.system());

  private TestKeepers() {}

  static Fetched fresh() {
    return new Fetched.Fresh(
        new Credentials(
            "ASIA1", Secret.of("s"), Secret.of("t"), Instant.now().plusSeconds(3600), "arn"));
  }

  static Keeper of(Source source) {
    return new Keeper(
            new Kept("app", "arn:aws:iam::111122223333:role/app", source),
            new Surroundings(
                _ -> Standing.ALIVE,
                CLOCK,
                () -> 0.5,
                Duration.ofMinutes(1),
                new Watchers(List.of())))
        .start();
  }
}
