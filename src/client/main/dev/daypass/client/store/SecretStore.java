package dev.daypass.client.store;

import dev.daypass.wire.Secret;
import java.util.Optional;

/// Keeps secrets by name. Everything here fails with [StoreUnavailable].
public sealed interface SecretStore
    permits MacKeychain, SecretService, CredentialHelper, EncryptedFile, InsecureFile {
  /// What it is remembered by, such as `encrypted-file` or `helper:pass`; [Stores#open] takes it.
  String id();

  /// Where it is, for people to read: "in the keyring of this desktop".
  String place();

  Optional<Secret> find(String name);

  /// Keeps a secret in place of the one there is under this name.
  void keep(String name, Secret secret);

  /// Does nothing where there is none.
  void forget(String name);
}
