package dev.daypass.broker.sealing;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The key-encryption keys of a file: one of them, the primary, seals; each of them opens what it
/// sealed. What is sealed begins with five bytes that say by which key.
final class Keyset {
  static final int PREFIX_LENGTH = 5;

  private final KeysetHandle handle;

  private Keyset(KeysetHandle handle) throws GeneralSecurityException {
    this.handle = handle;
    for (byte[] prefix : prefixes().values()) {
      if (prefix.length != PREFIX_LENGTH) {
        throw new GeneralSecurityException("a key of the file has no prefix of type TINK");
      }
    }
  }

  static Keyset read(Path file) throws IOException, GeneralSecurityException {
    AeadConfig.register();
    return new Keyset(
        TinkJsonProtoKeysetFormat.parseKeyset(
            Files.readString(file), InsecureSecretKeyAccess.get()));
  }

  static Keyset generate() throws GeneralSecurityException {
    AeadConfig.register();
    return new Keyset(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
  }

  /// The same with a new key, which opens and does not seal yet.
  Keyset withNewKey() throws GeneralSecurityException {
    return new Keyset(
        KeysetHandle.newBuilder(handle)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId())
            .build());
  }

  /// The same, with the newest key sealing.
  Keyset withNewestPrimary() throws GeneralSecurityException {
    KeysetHandle.Builder keys = KeysetHandle.newBuilder(handle);
    keys.getAt(keys.size() - 1).makePrimary();
    return new Keyset(keys.build());
  }

  /// The primary key alone.
  Keyset withPrimaryAlone() throws GeneralSecurityException {
    KeysetHandle.Builder keys = KeysetHandle.newBuilder(handle);
    for (int i = keys.size() - 1; i >= 0; i--) {
      if (!keys.getAt(i).isPrimary()) {
        keys.deleteAt(i);
      }
    }
    return new Keyset(keys.build());
  }

  Aead aead() throws GeneralSecurityException {
    return handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  /// What begins all that a key has sealed, by the key's id.
  Map<String, byte[]> prefixes() {
    Map<String, byte[]> prefixes = new LinkedHashMap<>();
    for (int i = 0; i < handle.size(); i++) {
      KeysetHandle.Entry key = handle.getAt(i);
      prefixes.put(id(key), ((AeadKey) key.getKey()).getOutputPrefix().toByteArray());
    }
    return prefixes;
  }

  String primary() {
    return id(handle.getPrimary());
  }

  private static String id(KeysetHandle.Entry key) {
    return Integer.toUnsignedString(key.getId());
  }

  /// Writes a file that only the owner of the process can read. It appears whole or not at all.
  void write(Path file) throws IOException, GeneralSecurityException {
    String keys = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
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
}
