package dev.daypass.broker.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One thing that happened, as CloudTrail would tell it, with the fields that are searched by taken
/// out.
///
/// @param account whose trail it belongs to; absent when the caller could not be told
/// @param record the whole CloudTrail record
public record AuditEntry(
    UUID id,
    Optional<String> account,
    Instant time,
    String eventSource,
    String eventName,
    Optional<String> userName,
    Optional<String> accessKeyId,
    Optional<String> errorCode,
    ObjectNode record) {}
