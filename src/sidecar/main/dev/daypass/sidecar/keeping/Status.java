package dev.daypass.sidecar.keeping;

import java.time.Instant;
import java.util.Optional;

/// How a role stands, for operators.
///
/// @param expiration of what is served; absent where there is nothing
/// @param ready whether there are credentials for a while yet and no refusal is newer than they are
public record Status(
    Optional<String> arn,
    Optional<Instant> expiration,
    Optional<Instant> lastRefresh,
    Optional<String> lastError,
    Instant nextRefresh,
    boolean started,
    boolean ready,
    boolean refused,
    boolean revoked) {
  /// The same for those who cannot have what is there.
  ///
  /// @param why in a word
  public Status without(String why) {
    return new Status(
        arn,
        expiration,
        lastRefresh,
        Optional.of(why),
        nextRefresh,
        false,
        false,
        refused,
        revoked);
  }
}
