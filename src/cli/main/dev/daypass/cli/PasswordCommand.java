package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass password`.
@Command(
    name = "password",
    description = "Your password.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = PasswordChangeCommand.class)
final class PasswordCommand {
  PasswordCommand() {}
}
