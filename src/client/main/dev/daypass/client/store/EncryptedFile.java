package dev.daypass.client.store;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A file that a passphrase opens. It is read and written as a whole.
public final class EncryptedFile implements SecretStore {
  static final String ID = "encrypted-file";
  private static final String FILE = "vault.json";

  private final PrivateFiles files;
  private final Passphrases passphrases;
  private final SecureRandom random;

  /// Told once for all that one run does.
  private @Nullable Sealing sealing;

  EncryptedFile(PrivateFiles files, Passphrases passphrases, SecureRandom random) {
    this.files = files;
    this.passphrases = passphrases;
    this.random = random;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String place() {
    return "encrypted with your passphrase in " + files.path(FILE);
  }

  /// Asks for the passphrase now, before there is something that could get lost.
  void open() {
    files.guarded(this::all);
  }

  @Override
  public Optional<Secret> find(String name) {
    return files.guarded(
        () ->
            files.text(FILE).isEmpty()
                ? Optional.<Secret>empty()
                : Optional.ofNullable(all().get(name)).map(value -> Secret.of(value.toString())));
  }

  @Override
  public void keep(String name, Secret secret) {
    files.locked(
        () -> {
          Map<String, Object> all = all();
          all.put(name, secret.revealText());
          write(all);
          return all;
        });
  }

  @Override
  public void forget(String name) {
    files.locked(
        () -> {
          if (files.text(FILE).isEmpty()) {
            return Map.of();
          }
          Map<String, Object> all = all();
          all.remove(name);
          write(all);
          return all;
        });
  }

  private Map<String, Object> all() throws IOException {
    Optional<String> text = files.text(FILE);
    if (text.isEmpty()) {
      sealing = sealing == null ? Sealing.anew(passphrases.chosen(), random) : sealing;
      return new TreeMap<>();
    }
    try {
      Sealing.Sealed sealed = Sealing.Sealed.read(text.get());
      sealing = Sealing.of(sealing, sealed, passphrases);
      return new TreeMap<>(JSON.std.mapFrom(sealing.open(sealed).reveal()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw new StoreUnavailable(
          "The passphrase is not right, or %s was changed. Without the passphrase: delete the file and sign in again."
              .formatted(files.path(FILE)));
    }
  }

  private void write(Map<String, Object> all) throws IOException {
    if (sealing == null) {
      throw new AssertionError("what was read was opened");
    }
    try {
      files.writeText(FILE, sealing.seal(Secret.of(JSON.std.asBytes(all)), random).write());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }
}
