package dev.daypass.broker.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// How the trail is kept.
@ConfigMapping(prefix = "daypass.audit")
public interface AuditConfig {
  /// How often what was written since is signed: from 1 second to 1 hour. Until then, whoever can
  /// write to the database can change it without a trace.
  @WithDefault("1m")
  Duration digestEvery();

  /// How long records are kept, at least 45 days: months that are older are dropped. For ever,
  /// where it is not set.
  Optional<Duration> retention();
}
