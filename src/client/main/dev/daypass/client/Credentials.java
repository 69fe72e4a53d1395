package dev.daypass.client;

import dev.daypass.wire.Secret;
import java.time.Duration;
import java.time.Instant;

/// Temporary credentials, as the AWS SDKs take them.
///
/// @param arn whose they are
public record Credentials(
    String accessKeyId,
    Secret secretAccessKey,
    Secret sessionToken,
    Instant expiration,
    String arn) {
  /// Whether they last for that long yet.
  public boolean lastFor(Duration time, Instant now) {
    return now.plus(time).isBefore(expiration);
  }
}
