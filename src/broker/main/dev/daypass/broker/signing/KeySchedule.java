package dev.daypass.broker.signing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When keys change their state.
@ConfigMapping(prefix = "daypass.keys")
public interface KeySchedule {
  /// How long a key issues before the next one takes over.
  @WithDefault("30d")
  Duration rotateAfter();

  /// How long a key is published before its first use: longer than anyone caches the JWKS.
  @WithDefault("1h")
  Duration publishAhead();

  /// How long a key that issues no more is honoured: longer than the longest life of a credential,
  /// which is 36 hours (GetSessionToken).
  @WithDefault("37h")
  Duration honourFor();
}
