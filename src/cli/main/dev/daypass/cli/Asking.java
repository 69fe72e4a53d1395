package dev.daypass.cli;

import dev.daypass.client.store.Passphrases;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.util.Optional;

/// The passphrase of the encrypted file: `DAYPASS_PASSPHRASE`, else what a person types.
final class Asking implements Passphrases {
  private static final int SHORTEST = 8;

  private final Optional<Secret> told;
  private final boolean mayAsk;

  /// @param told in the environment
  /// @param mayAsk whether there can be a person to ask
  Asking(Optional<Secret> told, boolean mayAsk) {
    this.told = told;
    this.mayAsk = mayAsk;
  }

  /// Whether there is one, or somebody to ask.
  boolean possible() {
    return told.isPresent() || (mayAsk && Terminal.there());
  }

  private interface Question {
    Secret at(Terminal terminal) throws IOException;
  }

  @Override
  public Secret known() {
    return told.orElseGet(() -> ask(terminal -> terminal.secret("Passphrase of the vault: ")));
  }

  @Override
  public Secret chosen() {
    Secret passphrase = told.orElseGet(() -> ask(Asking::anew));
    if (passphrase.revealText().length() < SHORTEST) {
      throw new StoreUnavailable("A passphrase has %d characters or more.".formatted(SHORTEST));
    }
    return passphrase;
  }

  private static Secret anew(Terminal terminal) throws IOException {
    terminal.say("No keyring answers here, so the sign-in goes into an encrypted file.");
    return terminal.twice("Choose its passphrase: ");
  }

  /// Fails with [StoreUnavailable] where nobody is there.
  private Secret ask(Question question) {
    if (!possible()) {
      throw nobody();
    }
    try (Terminal terminal = Terminal.open()) {
      return question.at(terminal);
    } catch (IOException _) {
      throw nobody();
    }
  }

  private static StoreUnavailable nobody() {
    return new StoreUnavailable(
        "The sign-in is encrypted, and nobody is here to ask for its passphrase. Set DAYPASS_PASSPHRASE.");
  }
}
