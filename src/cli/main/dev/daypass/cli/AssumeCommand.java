package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass assume`.
@Command(
    name = "assume",
    description =
        "Assume a role and print its credentials for this shell: eval \"$(daypass assume ROLE)\".",
    mixinStandardHelpOptions = true)
final class AssumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RoleOptions options;
  @Mixin private CodeOptions codes;

  @Parameters(
      arity = "0..1",
      paramLabel = "ROLE",
      description = "A role's name or ARN; picked from a list where none is named.")
  private @Nullable String role;

  @Option(names = "--json", description = "As JSON, as credential_process has it.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  AssumeCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    Prose prose = Prose.of(spec);
    Credentials credentials =
        Lender.atTerminal(here, signIn, codes, prose).credentials(options, role);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(CredentialProcessCommand.shown(credentials)));
    } else {
      out.print(Shell.BASH.set(credentials, signIn.server()));
    }
    prose.note("%s until %s", credentials.arn(), credentials.expiration());
    return 0;
  }
}
