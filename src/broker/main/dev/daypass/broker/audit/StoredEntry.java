package dev.daypass.broker.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A record as it lies in the trail.
///
/// @param sequence its number in the trail of the whole installation
/// @param time to the microsecond, as PostgreSQL keeps it
/// @param record the CloudTrail record as PostgreSQL writes it: keys in an order of its own
public record StoredEntry(
    long sequence,
    UUID id,
    Optional<String> account,
    Instant time,
    String eventSource,
    String eventName,
    Optional<String> userName,
    Optional<String> accessKeyId,
    Optional<String> errorCode,
    String record) {}
