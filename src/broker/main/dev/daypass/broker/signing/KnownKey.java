package dev.daypass.broker.signing;

import java.time.Instant;
import java.util.Optional;

/// What may be told of a key of the broker.
public record KnownKey(
    String id,
    KeyPurpose purpose,
    KeyState state,
    Instant createdAt,
    Optional<Instant> activatedAt,
    Optional<Instant> demotedAt,
    Optional<Instant> retiredAt) {}
