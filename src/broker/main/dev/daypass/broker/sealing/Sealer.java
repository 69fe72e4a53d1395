package dev.daypass.broker.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/// Seals secrets for storage with AES-256-GCM under the key-encryption key. The record a secret
/// belongs to is bound in as associated data: a ciphertext moved to another row does not open.
public final class Sealer {
  private final Aead aead;

  private Sealer(Aead aead) {
    this.aead = aead;
  }

  /// The sealer of the keyset in this file.
  public static Sealer fromFile(Path file) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    KeysetHandle keys =
        TinkJsonProtoKeysetFormat.parseKeyset(
            Files.readString(file), InsecureSecretKeyAccess.get());
    return new Sealer(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
  }

  /// Writes a new keyset that only the owner of the process can read. The file appears whole or not
  /// at all.
  public static void createFile(Path file) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    String keys =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
            InsecureSecretKeyAccess.get());
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path written =
        Files.createTempFile(
            folder,
            "sealing-key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(written, keys);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Seals `secret` for the record named `owner`, such as `access-key/AKIA…`.
  public byte[] seal(Secret secret, String owner) {
    try {
      return aead.encrypt(secret.reveal(), owner.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not seal the secret of " + owner, e);
    }
  }

  /// Opens what [#seal] made for the same owner; any other ciphertext is a fault.
  public Secret open(byte[] sealed, String owner) {
    try {
      return Secret.of(aead.decrypt(sealed, owner.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("could not open the secret of " + owner, e);
    }
  }
}
