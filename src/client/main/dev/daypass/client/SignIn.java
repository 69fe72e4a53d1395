package dev.daypass.client;

import dev.daypass.wire.Secret;
import java.net.URI;
import java.time.Instant;

/// A person's sign-in at a broker.
///
/// @param arn who signed in
/// @param mfa whether with a second factor
public record SignIn(URI server, Secret token, Instant expiresAt, String arn, boolean mfa) {
  /// The last part of the ARN, as IAM calls the user.
  public String userName() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  public boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
