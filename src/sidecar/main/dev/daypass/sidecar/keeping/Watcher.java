package dev.daypass.sidecar.keeping;

import dev.daypass.client.sources.Fetched;
import java.time.Duration;

/// Who is told what happens to a role's credentials.
public interface Watcher {
  /// Credentials were asked for.
  ///
  /// @param took how long the answer took
  void fetched(String role, Fetched outcome, Duration took);

  /// They are revoked, and not served any more.
  void revoked(String role);
}
