package dev.daypass.broker.signin;

import dev.daypass.broker.passkeys.RequestOptions;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where a sign-in stands.
public sealed interface Progress {
  /// A code of one of these devices is asked for, or a passkey's signature where there is one.
  record MfaRequired(String transaction, List<String> devices, Optional<RequestOptions> passkey)
      implements Progress {}

  /// Another password must be chosen.
  record NewPasswordRequired(String transaction) implements Progress {}

  /// Done.
  ///
  /// @param signIn the id of the sign-in
  record SignedIn(Secret token, String signIn, Instant expiresAt, String arn, boolean mfa)
      implements Progress {}
}
