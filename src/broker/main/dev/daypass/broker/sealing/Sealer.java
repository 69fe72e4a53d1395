package dev.daypass.broker.sealing;

import com.google.crypto.tink.Aead;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;

/// Seals secrets for storage with AES-256-GCM under the key-encryption key. The record a secret
/// belongs to is bound in as associated data: a ciphertext moved to another row does not open.
public final class Sealer {
  /// The keys of one reading of the file.
  private record State(Aead aead, String primary, Map<String, byte[]> prefixes) {}

  private volatile State state;

  private Sealer(State state) {
    this.state = state;
  }

  /// The sealer of the keyset in this file.
  public static Sealer fromFile(Path file) throws IOException, GeneralSecurityException {
    return new Sealer(read(file));
  }

  private static State read(Path file) throws IOException, GeneralSecurityException {
    Keyset keys = Keyset.read(file);
    return new State(keys.aead(), keys.primary(), keys.prefixes());
  }

  /// Writes a new keyset.
  public static void createFile(Path file) throws IOException, GeneralSecurityException {
    Keyset.generate().write(file);
  }

  /// Uses the keys that the file has now.
  void reload(Path file) throws IOException, GeneralSecurityException {
    state = read(file);
  }

  /// The id of the key that seals.
  public String primary() {
    return state.primary();
  }

  /// What begins all that a key has sealed, by the ids of the keys that open.
  Map<String, byte[]> prefixes() {
    return state.prefixes();
  }

  /// The ids of the keys that open.
  public Set<String> ids() {
    return Set.copyOf(state.prefixes().keySet());
  }

  /// Seals `secret` for the record named `owner`, such as `access-key/AKIA…`.
  public byte[] seal(Secret secret, String owner) {
    try {
      return state.aead().encrypt(secret.reveal(), owner.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not seal the secret of " + owner, e);
    }
  }

  /// Opens what [#seal] made for the same owner; any other ciphertext is a fault.
  public Secret open(byte[] sealed, String owner) {
    try {
      return Secret.of(state.aead().decrypt(sealed, owner.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not open the secret of " + owner, e);
    }
  }
}
