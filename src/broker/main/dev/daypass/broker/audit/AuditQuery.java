package dev.daypass.broker.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A question to the trail of one account.
///
/// @param from inclusive
/// @param to exclusive
/// @param after the last entry of the page before, to go on behind it
/// @param most how many entries at most
public record AuditQuery(
    String account,
    Instant from,
    Instant to,
    Optional<String> userName,
    Optional<String> eventName,
    Optional<String> accessKeyId,
    Optional<String> requestId,
    Optional<Position> after,
    int most) {

  /// Where a page ended.
  public record Position(Instant time, UUID id) {}
}
