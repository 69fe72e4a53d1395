package dev.daypass.wire.sts;

import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Secret;
import java.time.Instant;

/// Temporary security credentials.
public record Credentials(
    AccessKeyId accessKeyId, Secret secretAccessKey, Secret sessionToken, Instant expiration) {}
