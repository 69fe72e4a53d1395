package dev.daypass.cli;

import dev.daypass.client.store.SecretStore;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.client.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a sign-in is kept: as it is said, else as it was said before, else with the system's
/// keyring, else in an encrypted file. Never in plain text but by name.
final class Storage {
  private static final String KEYRING = "keyring";
  private static final String ENCRYPTED = "encrypted-file";
  private static final String INSECURE = "insecure-file";
  private static final String HELPER = "helper:";

  private static final String NOWHERE =
      String.join(
          System.lineSeparator(),
          List.of(
              "There is nowhere to keep the sign-in: no keyring answers here. Choose one of:",
              "  DAYPASS_PASSPHRASE=...           a file that this passphrase encrypts",
              "  DAYPASS_CREDENTIAL_HELPER=NAME   the program docker-credential-NAME, such as pass",
              "  --insecure-storage               a file in plain text that only you can read"));

  @Option(
      names = "--storage",
      paramLabel = "WHERE",
      description =
          "Where the sign-in is kept, now and from now on: keyring, encrypted-file, insecure-file or helper:NAME.")
  private @Nullable String named;

  @Option(
      names = "--insecure-storage",
      description = "The same as --storage insecure-file: in plain text.")
  private boolean insecure;

  /// The store, ready to take something; [StoreUnavailable] where there is none.
  SecretStore chosen(Here here) {
    Stores stores = here.stores();
    Settings settings = here.settings();
    Map<String, String> environment = System.getenv();
    if (insecure && named != null && !named.equals(INSECURE)) {
      throw new Stop(ExitCode.USAGE, "Choose one of --storage and --insecure-storage.");
    }
    return Optional.ofNullable(insecure ? INSECURE : named)
        .or(() -> set(environment, "DAYPASS_STORAGE"))
        .or(() -> set(environment, "DAYPASS_CREDENTIAL_HELPER").map(HELPER::concat))
        .or(() -> settings.get(Settings.STORAGE))
        .or(() -> settings.get(Settings.CREDENTIAL_HELPER).map(HELPER::concat))
        .map(where -> open(stores, where))
        .or(stores::keyring)
        .orElseGet(() -> encrypted(here));
  }

  private static Optional<String> set(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }

  private static SecretStore open(Stores stores, String where) {
    return switch (where) {
      case KEYRING ->
          stores
              .keyring()
              .orElseThrow(() -> new StoreUnavailable("No keyring answers on this machine."));
      case ENCRYPTED -> stores.encryptedFile();
      case INSECURE -> stores.insecureFile();
      default -> {
        if (!where.startsWith(HELPER)) {
          throw new Stop(
              ExitCode.USAGE,
              "`%s` is no storage. There are keyring, encrypted-file, insecure-file and helper:NAME."
                  .formatted(where));
        }
        yield stores.helper(where.substring(HELPER.length()));
      }
    };
  }

  private static SecretStore encrypted(Here here) {
    if (!here.asking().possible()) {
      throw new StoreUnavailable(NOWHERE);
    }
    return here.stores().encryptedFile();
  }

  /// Keeps in mind what was asked for by name.
  void remember(Settings settings) {
    if (insecure || named != null) {
      settings.set(Settings.STORAGE, insecure ? INSECURE : String.valueOf(named));
    }
  }
}
