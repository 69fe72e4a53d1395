package dev.daypass.cli;

import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass keys retire`.
@Command(
    name = "retire",
    description = "Forget a key that was compromised, and end all that it vouched for.",
    mixinStandardHelpOptions = true)
final class KeysRetireCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ShownKeys shown;

  @Parameters(paramLabel = "ID", description = "The key's id, from 'daypass keys list'.")
  private String id;

  @SuppressWarnings("NullAway.Init")
  KeysRetireCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    shown.show(Here.broker(signIn).retireKey(signIn, id), spec.commandLine().getOut());
    return 0;
  }
}
