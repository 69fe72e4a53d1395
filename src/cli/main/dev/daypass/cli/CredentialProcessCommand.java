package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Credentials;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass credential-process`: for `credential_process` in `~/.aws/config`. It never asks and
/// never waits for a person.
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

  @SuppressWarnings("NullAway.Init")
  CredentialProcessCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = Here.silent();
    Credentials credentials = options.credentials(here, here.signIn(), role);
    spec.commandLine().getOut().println(JSON.std.asString(shown(credentials)));
    return 0;
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
