package dev.daypass.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass completion`.
@Command(
    name = "completion",
    description = "Print what lets your shell complete commands and options.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "  source <(daypass completion bash)         bash, and zsh with 'zsh'",
      "  daypass completion fish | source          fish",
      "  daypass completion pwsh | Out-String | Invoke-Expression"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh, fish or pwsh.")
  private String shell;

  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public Integer call() {
    CommandLine daypass = Daypass.commandLine();
    String script =
        switch (shell) {
          // The script tells the two apart by itself.
          case "bash", "zsh" -> AutoComplete.bash("daypass", daypass);
          case "fish" -> Completion.fish(daypass);
          case "pwsh" -> Completion.powerShell(daypass);
          default ->
              throw new Stop(
                  ExitCode.USAGE, "`%s` is none of bash, zsh, fish, pwsh.".formatted(shell));
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
