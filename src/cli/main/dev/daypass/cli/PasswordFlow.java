package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Broker.Progress;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.util.Optional;

/// A sign-in by what a person types: password, code or recovery code, and another password where
/// one must be chosen.
final class PasswordFlow {
  private final Broker broker;
  private final Terminal terminal;
  private final CodePrompt prompt;
  private final Proof proof;

  PasswordFlow(Broker broker, Terminal terminal, CodePrompt prompt, Proof proof) {
    this.broker = broker;
    this.terminal = terminal;
    this.prompt = prompt;
    this.proof = proof;
  }

  /// What the second factor is to be.
  ///
  /// @param factor as it was chosen; absent for whatever the person types
  /// @param program that prints codes in place of a person
  record Proof(Optional<SecondFactor> factor, CodeOptions codes, Optional<CodeSource> program) {}

  SignIn signIn(String account, String user) throws IOException {
    Secret password = terminal.secret("Password: ");
    Progress progress = broker.password(account, user, password);
    while (true) {
      switch (progress) {
        case Progress.SignedIn(var signIn) -> {
          return signIn;
        }
        case Progress.MfaRequired(var transaction, var devices) ->
            progress = secondFactor(transaction, !devices.isEmpty());
        case Progress.NewPasswordRequired(var transaction) -> progress = newPassword(transaction);
      }
    }
  }

  /// One answer to the question for a second factor.
  private interface Answer {
    Progress to(String transaction) throws IOException;
  }

  /// @param codes whether there is a device that shows codes
  private Progress secondFactor(String transaction, boolean codes) throws IOException {
    Answer answer = answer(codes);
    String current = transaction;
    while (true) {
      try {
        return answer.to(current);
      } catch (BrokerRefused refused) {
        current = refused.transaction().orElseThrow(() -> refused);
        proof.program().orElse(prompt).refused(String.valueOf(refused.getMessage()));
      }
    }
  }

  private Answer answer(boolean codes) {
    Optional<SecondFactor> factor = proof.program().map(_ -> SecondFactor.TOTP).or(proof::factor);
    if (factor.isEmpty()) {
      return codes ? this::either : withoutCodes();
    }
    return switch (factor.get()) {
      case TOTP -> codeOnly(codes);
      case RECOVERY -> this::recoveryCode;
      case WEBAUTHN -> throw new IllegalStateException("a passkey is not typed");
    };
  }

  private Answer withoutCodes() {
    terminal.say("A terminal cannot use your passkey: daypass login --browser can.");
    return this::recoveryCode;
  }

  private Answer codeOnly(boolean codes) {
    if (!codes) {
      throw new Stop(
          ExitCode.FAILED, "You have no device that shows codes.", "daypass login --browser");
    }
    CodeSource source = proof.program().orElse(prompt);
    return transaction -> broker.code(transaction, proof.codes().next(source, "Code: "));
  }

  private Progress recoveryCode(String transaction) throws IOException {
    return broker.recoveryCode(transaction, Secret.of(prompt.recoveryCode("Recovery code: ")));
  }

  private Progress either(String transaction) throws IOException {
    String typed = prompt.codeOrLonger("Code, or a recovery code: ");
    return CodePrompt.isCode(typed)
        ? broker.code(transaction, proof.codes().shown(typed))
        : broker.recoveryCode(transaction, Secret.of(typed));
  }

  private Progress newPassword(String transaction) throws IOException {
    terminal.say("You have to choose a new password.");
    String current = transaction;
    while (true) {
      Secret password = chosen();
      try {
        return broker.newPassword(current, password);
      } catch (BrokerRefused refused) {
        current = refused.transaction().orElseThrow(() -> refused);
        if (terminal instanceof Terminal.Piped) {
          throw refused;
        }
        terminal.say(String.valueOf(refused.getMessage()));
      }
    }
  }

  private Secret chosen() throws IOException {
    return terminal instanceof Terminal.Piped
        ? terminal.secret("New password: ")
        : terminal.twice("New password: ");
  }
}
