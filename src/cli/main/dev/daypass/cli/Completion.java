package dev.daypass.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for the shells that picocli has none for, from the commands themselves.
final class Completion {
  private Completion() {}

  /// @see <a href="https://fishshell.com/docs/current/completions.html">Writing your own
  ///   completions</a>
  static String fish(CommandLine daypass) {
    List<String> lines = new ArrayList<>(List.of("complete -c daypass -f"));
    fish(daypass, "__fish_use_subcommand", lines);
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void fish(CommandLine command, String condition, List<String> lines) {
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              lines.add(
                  "complete -c daypass -n '%s' -a %s -d '%s'"
                      .formatted(condition, name, description(sub)));
              fish(sub, "__fish_seen_subcommand_from " + name, lines);
            });
    for (OptionSpec option : command.getCommandSpec().options()) {
      lines.add(
          "complete -c daypass -n '%s' -l %s%s -d '%s'"
              .formatted(
                  condition,
                  option.longestName().replaceFirst("^--", ""),
                  option.arity().max() > 0 ? " -r" : "",
                  quoted(String.join(" ", option.description()))));
    }
  }

  private static String description(CommandLine command) {
    return quoted(String.join(" ", command.getCommandSpec().usageMessage().description()));
  }

  private static String quoted(String text) {
    return text.replace("%n", " ").replace("\\", "\\\\").replace("'", "\\'");
  }

  /// @see <a
  ///   href="https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter">Register-ArgumentCompleter</a>
  static String powerShell(CommandLine daypass) {
    Map<String, String> words = new TreeMap<>();
    words(daypass, "", words);
    String table =
        words.entrySet().stream()
            .map(entry -> "    '%s' = '%s'%n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return """
    Register-ArgumentCompleter -Native -CommandName daypass -ScriptBlock {
      param($word, $ast, $position)
      $words = @{
    %s  }
      $path = ''
      foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
        $next = "$path $element".Trim()
        if ($words.ContainsKey($next)) { $path = $next }
      }
      $words[$path] -split ' ' | Where-Object { $_ -like "$word*" } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
    }
    """
        .formatted(table);
  }

  private static void words(CommandLine command, String path, Map<String, String> words) {
    Stream<String> options =
        command.getCommandSpec().options().stream().flatMap(is -> Arrays.stream(is.names()));
    words.put(
        path,
        Stream.concat(command.getSubcommands().keySet().stream(), options)
            .collect(Collectors.joining(" ")));
    command.getSubcommands().forEach((name, sub) -> words(sub, (path + " " + name).strip(), words));
  }
}
