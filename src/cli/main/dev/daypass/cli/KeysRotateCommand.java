package dev.daypass.cli;

import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass keys rotate`.
@Command(
    name = "rotate",
    description = "Let the next keys take over now. What the former issued is honoured to its end.",
    mixinStandardHelpOptions = true)
final class KeysRotateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ShownKeys shown;

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      description =
          "SessionToken, SessionSecret, BearerToken, WebIdentityTokenES384, WebIdentityTokenRS256 or"
              + " AuditDigest; each, where it is left out.")
  private @Nullable String purpose;

  @Option(
      names = "--force",
      description = "Also where the next key was published too short a time ago.")
  private boolean force;

  @SuppressWarnings("NullAway.Init")
  KeysRotateCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    shown.show(
        Here.broker(signIn).rotateKeys(signIn, Optional.ofNullable(purpose), force),
        spec.commandLine().getOut());
    return 0;
  }
}
