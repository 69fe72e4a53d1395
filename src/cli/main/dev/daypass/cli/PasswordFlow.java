package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Broker.Progress;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.time.Clock;

/// A sign-in by what a person types: password, code or recovery code, and another password where
/// one must be chosen.
final class PasswordFlow {
  private final Broker broker;
  private final Terminal terminal;
  private final Clock clock;

  PasswordFlow(Broker broker, Terminal terminal, Clock clock) {
    this.broker = broker;
    this.terminal = terminal;
    this.clock = clock;
  }

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

  /// @param codes whether there is a device that shows codes
  private Progress secondFactor(String transaction, boolean codes) throws IOException {
    if (!codes) {
      terminal.say("A terminal cannot use your passkey: daypass login --browser can.");
    }
    CodePrompt prompt = new CodePrompt(terminal, clock);
    String current = transaction;
    while (true) {
      String typed = prompt.codeOrLonger(codes ? "Code, or a recovery code: " : "Recovery code: ");
      try {
        return answer(current, typed);
      } catch (BrokerRefused refused) {
        current = refused.transaction().orElseThrow(() -> refused);
        prompt.refused(String.valueOf(refused.getMessage()));
      }
    }
  }

  private Progress answer(String transaction, String typed) {
    return CodePrompt.isCode(typed)
        ? broker.code(transaction, typed)
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
