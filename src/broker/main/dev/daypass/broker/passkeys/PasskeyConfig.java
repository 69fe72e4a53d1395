package dev.daypass.broker.passkeys;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where people reach the broker.
@ConfigMapping(prefix = "daypass")
public interface PasskeyConfig {
  /// The scheme, host and port that browsers see: `https://daypass.example.com`. Passkeys are bound
  /// to the host for good; plain http is for `localhost` alone.
  @WithDefault("http://localhost:8080")
  URI publicUrl();
}
