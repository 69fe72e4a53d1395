package dev.daypass.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `daypass mfa recovery-codes`. They are shown in the browser alone: a terminal remembers what it
/// has shown.
@Command(
    name = "recovery-codes",
    description = "Make new recovery codes, in a browser.",
    mixinStandardHelpOptions = true)
final class MfaRecoveryCodesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  MfaRecoveryCodesCommand() {}

  @Override
  public Integer call() {
    Pages.of(spec).show(new Here().signIn().server().resolve("/security"), false);
    return 0;
  }
}
