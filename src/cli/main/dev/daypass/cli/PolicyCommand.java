package dev.daypass.cli;

import picocli.CommandLine.Command;

/// `daypass policy`: everything about policies that needs no broker.
@Command(
    name = "policy",
    description = "Check, test, explain and compare policies, without a broker.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      PolicyCheckCommand.class,
      PolicyTestCommand.class,
      PolicyExplainCommand.class,
      PolicyCompareCommand.class
    })
final class PolicyCommand {
  PolicyCommand() {}
}
