package dev.daypass.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/// What a command says beside its data, on standard error. Questions are not among it: they are
/// asked at the terminal, `--quiet` or not.
///
/// @param quiet whether notes are left out
record Prose(PrintWriter err, boolean quiet) {
  private static final String QUIET = "--quiet";

  /// What every command knows.
  static OptionSpec option() {
    return OptionSpec.builder(QUIET)
        .type(boolean.class)
        .arity("0")
        .scopeType(ScopeType.INHERIT)
        .description("Say nothing but data, questions and errors.")
        .build();
  }

  /// Of a command that runs.
  static Prose of(CommandSpec command) {
    return new Prose(command.commandLine().getErr(), quiet(command.commandLine()));
  }

  /// The option can stand before a command's name or behind it.
  private static boolean quiet(CommandLine command) {
    for (CommandLine line = command; line != null; line = line.getParent()) {
      if (line.getParseResult().hasMatchedOption(QUIET)) {
        return true;
      }
    }
    return false;
  }

  /// How it goes, what came of it, what could be done next.
  void note(String line, @Nullable Object... more) {
    if (!quiet) {
      ask(line, more);
    }
  }

  /// What went wrong, and does not end the command.
  void warn(String line, @Nullable Object... more) {
    ask("daypass: " + line, more);
  }

  /// What the person has to know to go on, such as an address to open.
  void ask(String line, @Nullable Object... more) {
    err.printf(line + "%n", more);
    err.flush();
  }
}
