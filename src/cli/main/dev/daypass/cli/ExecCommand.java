package dev.daypass.cli;

import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

  @Parameters(index = "0", paramLabel = "ROLE", description = "A role's name or ARN.")
  private String role;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "After --")
  private List<String> command;

  @SuppressWarnings("NullAway.Init")
  ExecCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    Credentials credentials = options.credentials(here, signIn, role);
    ProcessBuilder program = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = program.environment();
    OTHERS.forEach(environment::remove);
    environment.putAll(Daypass.environment(credentials, signIn.server().toString()));
    environment.putIfAbsent("AWS_REGION", "us-east-1");
    environment.putIfAbsent("AWS_DEFAULT_REGION", environment.get("AWS_REGION"));
    return run(program);
  }

  private int run(ProcessBuilder program) throws InterruptedException {
    Process started;
    try {
      started = program.start();
    } catch (IOException _) {
      throw new Stop(
          ExitCode.CANNOT_START, "`%s` cannot be started.".formatted(command.getFirst()));
    }
    return started.waitFor();
  }
}
