package dev.daypass.broker.publicurl;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where the broker is reached.
@ConfigMapping(prefix = "daypass")
public interface PublicUrlConfig {
  /// The scheme, host and port that browsers and other services see: `https://daypass.example.com`.
  /// Passkeys are bound to the host, and tokens for other services name it as their issuer, for
  /// good; plain http is for `localhost` alone.
  @WithDefault("http://localhost:${quarkus.http.port}")
  URI publicUrl();
}
