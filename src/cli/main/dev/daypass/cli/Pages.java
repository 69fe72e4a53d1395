package dev.daypass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// A page of the broker's, in a browser where there is one, else as an address to open.
record Pages(Surroundings around, PrintWriter out, Prose prose) {
  /// For a command, as it prints.
  static Pages of(CommandSpec command) {
    return new Pages(Surroundings.here(), command.commandLine().getOut(), Prose.of(command));
  }

  /// Prints the address; opens it where a browser is on this computer.
  void show(URI page, boolean printOnly) {
    out.println(page);
    if (!printOnly && around.usualFlow() == LoginFlow.BROWSER) {
      boolean opened = around.browser().filter(opener -> open(opener, page)).isPresent();
      prose.note(opened ? "It is in your browser." : "Open it in a browser.");
    }
  }

  /// Without a shell, which an address could mean something to. Whatever it prints is its own
  /// affair, and nothing waits for it.
  static boolean open(List<String> opener, URI page) {
    List<String> command = new ArrayList<>(opener);
    command.add(page.toString());
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
