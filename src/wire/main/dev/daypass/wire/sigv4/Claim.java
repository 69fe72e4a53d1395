package dev.daypass.wire.sigv4;

import dev.daypass.wire.Secret;
import java.util.Optional;

/// A claim that something was signed by the owner of an access key, not yet proven.
public sealed interface Claim permits SignedClaim, RelayedClaim {
  /// The key that is claimed to have signed.
  String accessKeyId();

  /// The session token that came with it, unproven.
  Optional<String> sessionToken();

  Scope scope();

  /// Fails with `SignatureDoesNotMatch` unless this secret access key signed. Gives the key that
  /// was derived for it.
  SigningKey verify(Secret secretAccessKey);
}
