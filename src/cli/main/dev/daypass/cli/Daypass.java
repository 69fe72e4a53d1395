package dev.daypass.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

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
      StatusCommand.class,
      WhoamiCommand.class,
      RolesCommand.class,
      AssumeCommand.class,
      ExecCommand.class,
      EnvCommand.class,
      CredentialProcessCommand.class,
      ConfigureCommand.class,
      ServeCommand.class,
      SessionsCommand.class,
      MfaCommand.class,
      PasswordCommand.class,
      ConsoleCommand.class,
      ExplainCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      PolicyCommand.class,
      ApplyCommand.class,
      ImportCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      VersionCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or cancelled, 4 sign in first,",
      "5 denied, 6 broker unreachable, 7 no place for secrets, 8 configuration of",
      "somebody else's, 130 stopped by Ctrl-C. exec exits as its program does.",
      "Where a command knows --json, what went wrong is JSON, too."
    })
final class Daypass {
  static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String JSON_OPTION = "--json";
  private static final String SERVE = "serve";

  private Daypass() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /// What runs these arguments. `serve` stays for months: what describes the other commands is not
  /// kept beside it.
  private static CommandLine commandLine(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals(SERVE)
        ? handled(new CommandLine(new Alone()).addSubcommand(SERVE, new ServeCommand()))
        : commandLine();
  }

  /// `daypass` with nothing but what is added.
  @Command(name = "daypass")
  private static final class Alone {}

  static CommandLine commandLine() {
    return handled(new CommandLine(new Daypass()));
  }

  private static CommandLine handled(CommandLine line) {
    line.getCommandSpec().addOption(Prose.option());
    return line.setExecutionStrategy(Daypass::toTheEnd)
        .setExecutionExceptionHandler((failure, of, _) -> report(failure, of))
        .setParameterExceptionHandler((wrong, arguments) -> report(wrong, arguments));
  }

  /// Whatever a command has printed gets out before this process ends.
  private static int toTheEnd(ParseResult parsed) {
    try {
      return new RunLast().execute(parsed);
    } finally {
      parsed.asCommandLineList().forEach(command -> command.getOut().flush());
    }
  }

  private static int report(Exception failure, CommandLine line) throws Exception {
    Failure known = Failure.of(failure).orElseThrow(() -> failure);
    boolean json = line.getParseResult().hasMatchedOption(JSON_OPTION);
    if (json) {
      line.getOut().println(known.json());
    } else {
      line.getErr().println("daypass: " + known.text());
    }
    return known.exitCode();
  }

  private static int report(ParameterException wrong, String... arguments) {
    CommandLine line = wrong.getCommandLine();
    if (List.of(arguments).contains(JSON_OPTION)) {
      line.getOut()
          .println(new Failure(ExitCode.USAGE, wrong.getMessage(), Optional.empty()).json());
    } else {
      line.getErr().println("daypass: " + wrong.getMessage());
      line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }
}
