package dev.daypass.cli;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass exec`.
@Command(
    name = "exec",
    description = "Run a program with the credentials of a role.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It exits as the program does: 128+n where signal n ended it, 126 where it may",
      "not be run, 127 where it is not there."
    })
final class ExecCommand implements Callable<Integer> {
  @Mixin private RoleOptions options;
  @Mixin private CodeOptions codes;

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      description =
          "Give the program a place to fetch credentials from instead, for what runs longer than they last.")
  private boolean server;

  @Option(
      names = "--revoke-on-exit",
      description = "Open a session for the program alone, and end it with the program.")
  private boolean revoke;

  @Parameters(
      arity = "1..*",
      paramLabel = "[ROLE] -- CMD",
      description = "A role's name or ARN, picked from a list where none is named; the program.")
  private List<String> words;

  @SuppressWarnings("NullAway.Init")
  ExecCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (server && revoke) {
      throw new Stop(
          ExitCode.USAGE, "--revoke-on-exit ends one session, and --server has many: take one.");
    }
    Here here = new Here();
    SignIn signIn = here.signIn();
    boolean named = !beginsWithCommand();
    List<String> command = named ? words.subList(1, words.size()) : words;
    if (command.isEmpty()) {
      throw new Stop(ExitCode.USAGE, "Which program? daypass exec ROLE -- CMD");
    }
    ChildProcess child = new ChildProcess(command);
    ProgramEnvironment.clear(child.environment());
    Lender lender = Lender.atTerminal(here, signIn, codes, Prose.of(spec));
    @Nullable String role = named ? words.getFirst() : null;
    if (server) {
      return new ServedProgram(here, signIn).run(options.request(lender.arn(role), signIn), child);
    }
    Credentials credentials =
        revoke ? lender.fresh(options, role) : lender.credentials(options, role);
    child
        .environment()
        .putAll(ProgramEnvironment.of(credentials, signIn.server(), child.environment()));
    try {
      return child.run();
    } finally {
      if (revoke) {
        end(signIn, credentials);
      }
    }
  }

  /// Whether all words stand behind the `--`.
  private boolean beginsWithCommand() {
    List<String> given = spec.commandLine().getParseResult().originalArgs();
    int dashes = given.indexOf("--");
    return dashes >= 0 && given.size() - dashes - 1 == words.size();
  }

  /// The program has ended as it has: what is said here does not change its exit code.
  private void end(SignIn signIn, Credentials credentials) {
    try {
      Here.broker(signIn).endSession(signIn, credentials.accessKeyId());
    } catch (BrokerRefused | BrokerUnreachable failed) {
      Prose.of(spec)
          .warn(
              "The session was not ended, and lasts until %s: %s",
              credentials.expiration(), failed.getMessage());
    }
  }
}
