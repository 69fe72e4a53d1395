package dev.daypass.cli;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.login.LoginFailed;
import dev.daypass.client.store.StoreUnavailable;
import dev.daypass.desired.Malformed;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.sidecar.InvalidConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `daypass`: sign in, see the roles there are, and use them.
@Command(
    name = "daypass",
    description = "Temporary AWS-style credentials from a Daypass broker.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "daypass " + Daypass.VERSION,
    subcommands = {
      LoginCommand.class,
      LogoutCommand.class,
      WhoamiCommand.class,
      RolesCommand.class,
      AssumeCommand.class,
      ExecCommand.class,
      CredentialProcessCommand.class,
      ServeCommand.class,
      SessionsCommand.class,
      KeysCommand.class,
      PolicyCommand.class,
      ApplyCommand.class,
      ImportCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or cancelled, 4 sign in first,",
      "5 denied, 6 broker unreachable, 7 no place for secrets, 130 stopped by Ctrl-C."
    })
final class Daypass {
  static final String VERSION = "0.1.0-SNAPSHOT";

  private Daypass() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Daypass())
        .setExecutionExceptionHandler((failure, line, _) -> report(failure, line))
        .setParameterExceptionHandler(
            (wrong, _) -> {
              wrong.getCommandLine().getErr().println("daypass: " + wrong.getMessage());
              wrong
                  .getCommandLine()
                  .getErr()
                  .println("Try 'daypass --help' or 'daypass COMMAND --help'.");
              return ExitCode.USAGE;
            });
  }

  private static int report(Exception failure, CommandLine line) throws Exception {
    return switch (failure) {
      case Stop stop -> say(line, stop.getMessage(), stop.exitCode());
      case InvalidConfig invalid -> say(line, invalid.getMessage(), ExitCode.USAGE);
      case Malformed malformed -> say(line, malformed.getMessage(), ExitCode.USAGE);
      case MalformedPolicy malformed -> say(line, malformed.getMessage(), ExitCode.USAGE);
      case StoreUnavailable closed -> say(line, closed.getMessage(), ExitCode.STORE_UNAVAILABLE);
      case LoginFailed failed ->
          say(
              line,
              failed.getMessage(),
              failed.reason() == LoginFailed.Reason.REFUSED ? ExitCode.USAGE : ExitCode.FAILED);
      case BrokerUnreachable away -> say(line, away.getMessage(), ExitCode.UNREACHABLE);
      case BrokerRefused refused when refused.needsSignIn() ->
          say(line, refused.getMessage() + " Run: daypass login", ExitCode.SIGN_IN);
      case BrokerRefused refused when refused.code().equals("AccessDenied") ->
          say(line, refused.getMessage() + requestId(refused), ExitCode.DENIED);
      case BrokerRefused refused -> say(line, refused.getMessage(), ExitCode.FAILED);
      default -> throw failure;
    };
  }

  private static String requestId(BrokerRefused refused) {
    return refused.requestId().map(id -> " (request " + id + ")").orElse("");
  }

  private static int say(CommandLine line, @Nullable String message, int exitCode) {
    line.getErr().println("daypass: " + message);
    return exitCode;
  }

  /// What is exported for a program that is to use these credentials at this broker.
  static Map<String, String> environment(
      dev.daypass.client.Credentials credentials, String server) {
    return Map.of(
        "AWS_ACCESS_KEY_ID", credentials.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey().revealText(),
        "AWS_SESSION_TOKEN", credentials.sessionToken().revealText(),
        "AWS_CREDENTIAL_EXPIRATION", credentials.expiration().toString(),
        "AWS_ENDPOINT_URL_STS", server,
        "AWS_ENDPOINT_URL_IAM", server);
  }
}
