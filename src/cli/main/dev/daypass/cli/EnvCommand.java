package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass env`.
@Command(
    name = "env",
    aliases = "export",
    description = "Print a role's credentials as variables, for a shell or for a file.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "  eval \"$(daypass env deploy)\"                                bash, zsh",
      "  daypass env deploy | source                                 fish",
      "  daypass env deploy --shell pwsh | Out-String | Invoke-Expression",
      "  daypass env deploy --shell json | from json | load-env      nu",
      "  docker run --env-file <(daypass env deploy --shell dotenv) ..."
    })
final class EnvCommand implements Callable<Integer> {
  private static final String PROCESS = "process";

  @Spec private CommandSpec spec;
  @Mixin private RoleOptions options;
  @Mixin private CodeOptions codes;

  @Parameters(
      arity = "0..1",
      paramLabel = "ROLE",
      description = "A role's name or ARN; picked from a list where none is named.")
  private @Nullable String role;

  @Option(
      names = "--shell",
      paramLabel = "SHELL",
      description = "bash, zsh, fish, pwsh, cmd, nu, dotenv, json or process. Default: yours.")
  private @Nullable String shell;

  @Option(names = "--unset", description = "Print what takes the variables away again.")
  private boolean unset;

  @SuppressWarnings("NullAway.Init")
  EnvCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (unset) {
      out.print(unset(known()));
    } else {
      given(out);
    }
    out.flush();
    return 0;
  }

  private void given(PrintWriter out) throws IOException {
    Optional<Shell> into = PROCESS.equals(shell) ? Optional.empty() : Optional.of(known());
    Here here = new Here();
    SignIn signIn = here.signIn();
    Prose prose = Prose.of(spec);
    Credentials credentials =
        Lender.atTerminal(here, signIn, codes, prose).credentials(options, role);
    if (into.isEmpty()) {
      out.println(JSON.std.asString(CredentialProcessCommand.shown(credentials)));
      return;
    }
    out.print(into.get().set(credentials, signIn.server()));
    prose.note("%s until %s", credentials.arn(), credentials.expiration());
  }

  private static String unset(Shell shell) {
    if (!shell.unsets()) {
      throw new Stop(ExitCode.USAGE, "Only a shell can take variables away.");
    }
    List<String> all =
        Stream.concat(
                ProgramEnvironment.OURS.stream(), Stream.of("AWS_REGION", "AWS_DEFAULT_REGION"))
            .toList();
    return shell.unset(all);
  }

  private Shell known() {
    return shell == null
        ? Shell.here(System.getenv(), System.getProperty("os.name"))
        : Shell.of(shell)
            .orElseThrow(
                () ->
                    new Stop(
                        ExitCode.USAGE,
                        "`%s` is none of bash, zsh, fish, pwsh, cmd, nu, dotenv, json, process."
                            .formatted(shell)));
  }
}
