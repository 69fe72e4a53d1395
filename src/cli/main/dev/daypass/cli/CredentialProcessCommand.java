package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.sidecar.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass credential-process`: for `credential_process` in `~/.aws/config`. It never waits for a
/// person, unless it is told how to ask one: what runs it shows no questions.
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
  @Mixin private CodeOptions codes;

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

  @ArgGroup private @Nullable Prompting prompting;

  /// Whether a person is asked, and how.
  static final class Prompting {
    @Option(names = "--no-prompt", description = "Ask nothing, which is the default.")
    private boolean no;

    @Option(
        names = "--prompt",
        arity = "0..1",
        paramLabel = "WAYS",
        fallbackValue = Prompters.ALL,
        description =
            "Sign in where one has to, by the first of these ways that there is here: tty, gui, browser. Then nothing is said of time.")
    private @Nullable String ways;

    Prompters prompters(Surroundings around) {
      return no || ways == null ? Prompters.nobody(around) : Prompters.of(ways, around);
    }
  }

  @SuppressWarnings("NullAway.Init")
  CredentialProcessCommand() {}

  @Override
  public Integer call() throws IOException {
    Surroundings around = Surroundings.here();
    Prompters prompters =
        prompting == null ? Prompters.nobody(around) : prompting.prompters(around);
    Here here = here(prompters);
    Prose prose = Prose.of(spec);
    Codes shown = new Codes(codes, prompters, here.clock(), prose);
    Credentials credentials =
        new Lender(here, () -> signIn(here, prompters, prose), shown, prose)
            .credentials(options, role);
    spec.commandLine().getOut().println(JSON.std.asString(shown(credentials)));
    return 0;
  }

  /// What asks a person, or a program that may ask one, is not hurried.
  private Here here(Prompters prompters) {
    if (!prompters.there().isEmpty()) {
      return new Here();
    }
    return codes.byProgram() ? Here.silent() : Here.hurried(Durations.parse(timeout));
  }

  private SignIn signIn(Here here, Prompters prompters, Prose prose) {
    if (prompters.ways().isEmpty()) {
      return here.signIn();
    }
    try {
      return new PromptedSignIn(here, prompters, codes, prose).get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Stop(ExitCode.USAGE, "Cancelled.");
    }
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
