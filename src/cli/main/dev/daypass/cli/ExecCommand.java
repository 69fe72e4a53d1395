package dev.daypass.cli;

import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass exec`.
@Command(
    name = "exec",
    description = "Run a program with the credentials of a role in its environment.",
    mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
  /// What would speak against the credentials that are given.
  private static final List<String> OTHERS =
      List.of("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_FILE");

  @Mixin private RoleOptions options;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "[ROLE] -- CMD",
      description = "A role's name or ARN, picked from a list where none is named; the program.")
  private List<String> words;

  @SuppressWarnings("NullAway.Init")
  ExecCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    boolean named = !beginsWithCommand();
    List<String> command = named ? words.subList(1, words.size()) : words;
    if (command.isEmpty()) {
      throw new Stop(ExitCode.USAGE, "Which program? daypass exec ROLE -- CMD");
    }
    Credentials credentials =
        new Lender(here, () -> signIn, spec.commandLine().getErr())
            .credentials(options, named ? words.getFirst() : null);
    ProcessBuilder program = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = program.environment();
    OTHERS.forEach(environment::remove);
    environment.putAll(Daypass.environment(credentials, signIn.server().toString()));
    environment.putIfAbsent("AWS_REGION", "us-east-1");
    environment.putIfAbsent("AWS_DEFAULT_REGION", environment.get("AWS_REGION"));
    return run(program);
  }

  /// Whether all words stand behind the `--`.
  private boolean beginsWithCommand() {
    List<String> given = spec.commandLine().getParseResult().originalArgs();
    int dashes = given.indexOf("--");
    return dashes >= 0 && given.size() - dashes - 1 == words.size();
  }

  private static int run(ProcessBuilder program) throws InterruptedException {
    Process started;
    try {
      started = program.start();
    } catch (IOException _) {
      throw new Stop(
          ExitCode.CANNOT_START, "`%s` cannot be started.".formatted(program.command().getFirst()));
    }
    return started.waitFor();
  }
}
