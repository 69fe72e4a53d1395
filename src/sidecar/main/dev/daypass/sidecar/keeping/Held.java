package dev.daypass.sidecar.keeping;

import dev.daypass.client.Credentials;
import java.time.Duration;
import java.time.Instant;

/// Credentials, and since when they are held.
record Held(Credentials credentials, Instant since) {
  boolean alive(Instant now) {
    return credentials.lastFor(Duration.ZERO, now);
  }

  /// Whether whoever is given them will soon ask again. Those that last for a short while only are
  /// always so near, and good all the same.
  boolean nearItsEnd(Instant now) {
    Duration lifetime = Duration.between(since, credentials.expiration());
    boolean lasting = RefreshPolicy.margin(lifetime).compareTo(RefreshPolicy.LEAST_SERVED) >= 0;
    return lasting && !credentials.lastFor(RefreshPolicy.LEAST_SERVED, now);
  }
}
