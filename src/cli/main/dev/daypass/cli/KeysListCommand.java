package dev.daypass.cli;

import dev.daypass.client.SignIn;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `daypass keys list`.
@Command(
    name = "list",
    description = "The keys, their states, and since when.",
    mixinStandardHelpOptions = true)
final class KeysListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ShownKeys shown;

  @SuppressWarnings("NullAway.Init")
  KeysListCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    shown.show(Here.broker(signIn).keys(signIn), spec.commandLine().getOut());
    return 0;
  }
}
