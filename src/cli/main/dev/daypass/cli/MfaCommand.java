package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass mfa`.
@Command(
    name = "mfa",
    description = "Your second factors.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      MfaListCommand.class,
      MfaAddCommand.class,
      MfaRemoveCommand.class,
      MfaTestCommand.class,
      MfaRecoveryCodesCommand.class
    },
    footer = {
      "",
      "Changing them takes a sign-in with a second factor. Your first one is enrolled",
      "in a browser: daypass console"
    })
final class MfaCommand {
  MfaCommand() {}

  /// IAM tells sessions without a second factor nothing; [Stop] says so in words.
  static void check(dev.daypass.client.SignIn signIn) {
    if (!signIn.mfa()) {
      throw new Stop(
          ExitCode.SIGN_IN,
          "You signed in without a second factor. Enrol the first one in a browser, then sign in with it.",
          "daypass console");
    }
  }
}
