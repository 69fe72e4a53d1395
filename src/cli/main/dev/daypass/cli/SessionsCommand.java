package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass sessions`.
@Command(
    name = "sessions",
    description = "See the sessions there are, and end them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {SessionsListCommand.class, SessionsRevokeCommand.class})
final class SessionsCommand {
  SessionsCommand() {}
}
