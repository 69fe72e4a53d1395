package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.Broker.Progress;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.SignIn;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass login`.
@Command(
    name = "login",
    description = "Sign in with password and second factor.",
    mixinStandardHelpOptions = true)
final class LoginCommand implements Callable<Integer> {
  private static final int STEP_SECONDS = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The broker. Default: $$DAYPASS_SERVER, or that of the last sign-in.")
  private @Nullable URI server;

  @Option(names = "--account", paramLabel = "ID", description = "The account's 12 digits.")
  private @Nullable String account;

  @Option(names = "--user", paramLabel = "NAME", description = "Your sign-in name.")
  private @Nullable String user;

  @Option(names = "--tty", description = "Ask at the terminal. This is the default.")
  private boolean tty;

  @Option(
      names = "--stdin",
      description = "Read the answers from standard input: password, code, new password.")
  private boolean stdin;

  @SuppressWarnings("NullAway.Init")
  LoginCommand() {}

  @Override
  public Integer call() throws IOException {
    if (tty && stdin) {
      throw new Stop(ExitCode.USAGE, "Choose one of --tty and --stdin.");
    }
    Here here = new Here();
    Broker broker = new Broker(serverOr(here));
    try (Terminal terminal = stdin ? Terminal.piped(System.in) : Terminal.open()) {
      String accountId = account != null ? account : terminal.line("Account: ");
      String name = user != null ? user : terminal.line("Name: ");
      Secret password = terminal.secret("Password: ");
      SignIn signIn = finish(broker, broker.password(accountId, name, password), terminal);
      here.profile().keep(signIn);
      report(signIn, here.clock().instant());
    }
    return 0;
  }

  private URI serverOr(Here here) {
    return Optional.ofNullable(server)
        .or(() -> Optional.ofNullable(System.getenv("DAYPASS_SERVER")).map(URI::create))
        .or(() -> here.profile().signIn().map(SignIn::server))
        .orElseThrow(() -> new Stop(ExitCode.USAGE, "Which broker? Name it with --server URL."));
  }

  private SignIn finish(Broker broker, Progress first, Terminal terminal) throws IOException {
    Progress progress = first;
    while (true) {
      switch (progress) {
        case Progress.SignedIn(var signIn) -> {
          return signIn;
        }
        case Progress.MfaRequired(var transaction, var devices) -> {
          if (devices.isEmpty()) {
            throw new Stop(
                ExitCode.FAILED, "Only a passkey can finish this, and a terminal cannot use one.");
          }
          progress = code(broker, transaction, terminal);
        }
        case Progress.NewPasswordRequired(var transaction) ->
            progress = newPassword(broker, transaction, terminal);
      }
    }
  }

  private static Progress code(Broker broker, String transaction, Terminal terminal)
      throws IOException {
    String current = transaction;
    while (true) {
      String code = terminal.line("Code: ");
      try {
        return broker.code(current, code);
      } catch (BrokerRefused refused) {
        current = refused.transaction().orElseThrow(() -> refused);
        long wait = STEP_SECONDS - Instant.now().getEpochSecond() % STEP_SECONDS;
        terminal.say(
            "%s A code works once; the next comes in %d s.".formatted(refused.getMessage(), wait));
      }
    }
  }

  private static Progress newPassword(Broker broker, String transaction, Terminal terminal)
      throws IOException {
    terminal.say("You have to choose a new password.");
    String current = transaction;
    while (true) {
      Secret password = chosen(terminal);
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

  private static Secret chosen(Terminal terminal) throws IOException {
    Secret password = terminal.secret("New password: ");
    Secret again = terminal instanceof Terminal.Piped ? password : terminal.secret("Again: ");
    if (!password.equals(again)) {
      throw new Stop(ExitCode.FAILED, "The two are not the same. Run: daypass login");
    }
    return password;
  }

  private void report(SignIn signIn, Instant now) {
    Duration left = Duration.between(now, signIn.expiresAt());
    spec.commandLine()
        .getErr()
        .printf(
            "Signed in as %s%s, until %s (%d h).%n",
            signIn.arn(),
            signIn.mfa() ? " with a second factor" : " without a second factor",
            signIn.expiresAt(),
            left.plusMinutes(1).toHours());
  }
}
