package dev.daypass.client.store;

import dev.daypass.client.programs.AskedProgram.Outcome;
import dev.daypass.wire.Secret;
import java.util.Optional;

/// The keyring of a Linux desktop (GNOME Keyring, KWallet), by libsecret's `secret-tool`.
///
/// @see <a href="https://specifications.freedesktop.org/secret-service/latest/">Secret Service</a>
public final class SecretService implements SecretStore {
  static final String ID = "secret-service";
  static final String PROGRAM = "secret-tool";

  private final Program program;

  SecretService(Program program) {
    this.program = program;
  }

  /// Whether a keyring answers: the program can be there where no desktop is.
  boolean answers() {
    try {
      find("whether-it-answers");
      return true;
    } catch (StoreUnavailable _) {
      return false;
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String place() {
    return "in the keyring of this desktop";
  }

  /// It exits with 1 for what it does not know, as for what went wrong, and complains of the latter
  /// alone.
  @Override
  public Optional<Secret> find(String name) {
    Outcome outcome = run(Secret.of(""), "lookup", name);
    if (!outcome.failed()) {
      return Optional.of(outcome.output()).filter(found -> !found.equals(Secret.of("")));
    }
    if (outcome.complaint().isEmpty()) {
      return Optional.empty();
    }
    throw program.refused(outcome);
  }

  @Override
  public void keep(String name, Secret secret) {
    Outcome outcome =
        program.run(
            secret, "store", "--label=Daypass sign-in", "service", "daypass", "account", name);
    if (outcome.failed()) {
      throw program.refused(outcome);
    }
  }

  @Override
  public void forget(String name) {
    Outcome outcome = run(Secret.of(""), "clear", name);
    if (outcome.failed() && !outcome.complaint().isEmpty()) {
      throw program.refused(outcome);
    }
  }

  private Outcome run(Secret input, String verb, String name) {
    return program.run(input, verb, "service", "daypass", "account", name);
  }
}
