package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Broker.Progress;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/// A sign-in by what a person types: password, code or recovery code, and another password where
/// one must be chosen.
final class PasswordFlow {
  private static final int STEP_SECONDS = 30;
  private static final int CODE_LENGTH = 6;

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
    String current = transaction;
    String former = "";
    while (true) {
      String typed =
          terminal.line(codes ? "Code, or a recovery code: " : "Recovery code: ").replace(" ", "");
      Optional<String> mistake = mistake(typed, former);
      if (mistake.isPresent()) {
        terminal.say(mistake.get());
        continue;
      }
      try {
        return answer(current, typed);
      } catch (BrokerRefused refused) {
        current = refused.transaction().orElseThrow(() -> refused);
        former = typed;
        terminal.say(
            "%s A code works once; the next comes in %d s."
                .formatted(refused.getMessage(), untilNext()));
      }
    }
  }

  /// What is wrong with it whatever the broker says: guesses are counted there.
  private Optional<String> mistake(String typed, String former) {
    if (typed.length() < CODE_LENGTH) {
      return Optional.of("A code has six digits.");
    }
    return typed.equals(former)
        ? Optional.of("That is the same code. The next comes in %d s.".formatted(untilNext()))
        : Optional.empty();
  }

  private Progress answer(String transaction, String typed) {
    return typed.matches("\\d{6}")
        ? broker.code(transaction, typed)
        : broker.recoveryCode(transaction, Secret.of(typed));
  }

  private long untilNext() {
    return STEP_SECONDS - clock.instant().getEpochSecond() % STEP_SECONDS;
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
