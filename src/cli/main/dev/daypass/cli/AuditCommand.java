package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass audit`.
@Command(
    name = "audit",
    description = "The broker's trail: see whether anybody changed it.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = AuditVerifyCommand.class)
final class AuditCommand {
  AuditCommand() {}
}
