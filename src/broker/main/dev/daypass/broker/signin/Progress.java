package dev.daypass.broker.signin;

import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.List;

/// Where a sign-in stands.
public sealed interface Progress {
  /// A code of one of these devices is asked for.
  record MfaRequired(String transaction, List<String> devices) implements Progress {}

  /// Another password must be chosen.
  record NewPasswordRequired(String transaction) implements Progress {}

  /// Done.
  record SignedIn(Secret token, Instant expiresAt, String arn, boolean mfa) implements Progress {}
}
