package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass keys`.
@Command(
    name = "keys",
    description = "The broker's own keys: see, rotate and retire them, and seal secrets anew.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      KeysListCommand.class,
      KeysRotateCommand.class,
      KeysRetireCommand.class,
      KeysRewrapCommand.class
    })
final class KeysCommand {
  KeysCommand() {}
}
