package dev.daypass.broker.mfa;

import java.time.Instant;
import java.util.Optional;

/// A virtual MFA device, without its seed.
///
/// @param userId whose it is, once it is enabled
/// @param failures wrong codes since the last right one
public record Device(
    String serialNumber,
    String account,
    Optional<String> userId,
    int failures,
    Optional<Instant> enabledAt) {}
