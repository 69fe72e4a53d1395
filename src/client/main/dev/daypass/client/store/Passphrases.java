package dev.daypass.client.store;

import dev.daypass.wire.Secret;

/// Where the passphrase of the encrypted file comes from. Both fail with [StoreUnavailable] where
/// there is nobody to ask.
public interface Passphrases {
  /// That of a file there is.
  Secret known();

  /// For a file that is to be made.
  Secret chosen();
}
