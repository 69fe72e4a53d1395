package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.sidecar.Durations;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass credential-process`: for `credential_process` in `~/.aws/config`. It never waits for a
/// person, unless it is told that one is at the terminal: what runs it shows no questions.
///
/// @see <a
///   href="https://docs.aws.amazon.com/cli/v1/userguide/cli-configure-sourcing-external.html">Sourcing
///   credentials with an external process</a>
@Command(
    name = "credential-process",
    description = "Print credentials the way ~/.aws/config wants them.",
    mixinStandardHelpOptions = true)
final class CredentialProcessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RoleOptions options;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "A role's name or ARN.")
  private String role;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "How long new credentials may take. Default: ${DEFAULT-VALUE}.")
  private String timeout;

  @Option(
      names = "--prompt",
      description = "Sign in at the terminal where one has to; then nothing is said of time.")
  private boolean prompt;

  @SuppressWarnings("NullAway.Init")
  CredentialProcessCommand() {}

  @Override
  public Integer call() throws IOException {
    boolean asking = prompt && Terminal.there();
    Here here = asking ? new Here() : Here.hurried(Durations.parse(timeout));
    Supplier<SignIn> signIn = asking ? () -> atTerminal(here) : here::signIn;
    Credentials credentials = new Lender(here, signIn, Prose.of(spec)).credentials(options, role);
    spec.commandLine().getOut().println(JSON.std.asString(shown(credentials)));
    return 0;
  }

  /// The sign-in there is, else one that a person makes now.
  private SignIn atTerminal(Here here) {
    if (!here.signedIn()) {
      int exitCode = Daypass.commandLine().execute("login", "--tty");
      if (exitCode != 0) {
        throw new Stop(exitCode, "There is no sign-in, and none was made.", "daypass login");
      }
    }
    return here.signIn();
  }

  static Map<String, Object> shown(Credentials credentials) {
    return new TreeMap<>(
        Map.of(
            "Version", 1,
            "AccessKeyId", credentials.accessKeyId(),
            "SecretAccessKey", credentials.secretAccessKey().revealText(),
            "SessionToken", credentials.sessionToken().revealText(),
            "Expiration", credentials.expiration().toString()));
  }
}
