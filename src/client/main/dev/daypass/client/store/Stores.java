package dev.daypass.client.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The stores there can be on this machine.
public final class Stores {
  /// People unlock keyrings in between.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Programs programs;
  private final Passphrases passphrases;
  private final SecureRandom random = new SecureRandom();
  private final PrivateFiles files;
  private final String system;
  private final Duration patience;

  /// @param folder where those that are files are
  public Stores(Path folder, Programs programs, Passphrases passphrases) {
    this(folder, programs, passphrases, System.getProperty("os.name"), PATIENCE);
  }

  /// @param system as `os.name` has it
  Stores(
      Path folder, Programs programs, Passphrases passphrases, String system, Duration patience) {
    this.files = new PrivateFiles(folder);
    this.programs = programs;
    this.passphrases = passphrases;
    this.system = system.toLowerCase(Locale.ROOT);
    this.patience = patience;
  }

  /// The one that something was kept in; [StoreUnavailable] where it is not there any more.
  ///
  /// @param id as [SecretStore#id] has it
  public SecretStore open(String id) {
    return switch (id) {
      case MacKeychain.ID -> new MacKeychain(program(MacKeychain.PROGRAM));
      case SecretService.ID -> new SecretService(program(SecretService.PROGRAM));
      case EncryptedFile.ID -> new EncryptedFile(files, passphrases, random);
      case InsecureFile.ID -> insecureFile();
      default -> {
        if (!id.startsWith(CredentialHelper.PREFIX)) {
          throw new StoreUnavailable("There is no store called `%s`.".formatted(id));
        }
        yield helper(id.substring(CredentialHelper.PREFIX.length()));
      }
    };
  }

  /// The system's keyring; absent where there is none that answers.
  public Optional<SecretStore> keyring() {
    if (system.startsWith("mac")) {
      return programs
          .find(MacKeychain.PROGRAM)
          .map(file -> new MacKeychain(new Program(file, patience)));
    }
    if (system.startsWith("windows")) {
      return programs
          .find("docker-credential-wincred.exe")
          .map(file -> new CredentialHelper("wincred.exe", new Program(file, patience)));
    }
    return programs
        .find(SecretService.PROGRAM)
        .map(file -> new SecretService(new Program(file, patience)))
        .filter(SecretService::answers)
        .map(SecretStore.class::cast);
  }

  /// The program `docker-credential-<name>`; [StoreUnavailable] where there is none.
  public SecretStore helper(String name) {
    if (!Programs.named(name)) {
      throw new StoreUnavailable("`%s` is no name of a credential helper.".formatted(name));
    }
    return new CredentialHelper(name, program("docker-credential-" + name));
  }

  /// The encrypted file, opened.
  public SecretStore encryptedFile() {
    EncryptedFile file = new EncryptedFile(files, passphrases, random);
    file.open();
    return file;
  }

  public SecretStore insecureFile() {
    return new InsecureFile(files);
  }

  private Program program(String name) {
    return programs
        .find(name)
        .map(file -> new Program(file, patience))
        .orElseThrow(
            () -> new StoreUnavailable("The program %s is not on the PATH.".formatted(name)));
  }
}
