package dev.daypass.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/// A program in the place of this one: it has the terminal, gets what this process is signalled,
/// and gives the exit code.
final class ChildProcess {
  private static final Pattern FORBIDDEN = Pattern.compile("error(=|: )13\\b");

  private final ProcessBuilder program;
  private final AtomicReference<@Nullable Process> started = new AtomicReference<>();

  ChildProcess(List<String> command) {
    this.program = new ProcessBuilder(command).inheritIO();
  }

  Map<String, String> environment() {
    return program.environment();
  }

  /// Runs it to its end. 128 and the signal's number where a signal ended it, as shells say it;
  /// [Stop] where it cannot be started.
  int run() throws InterruptedException {
    handleSignals();
    Process child = start();
    started.set(child);
    return child.waitFor();
  }

  /// What the terminal sends goes to both, and the child decides; the rest is passed on.
  private void handleSignals() {
    Signal.handle(new Signal("INT"), _ -> {});
    Signal.handle(new Signal("TERM"), _ -> passOn("TERM"));
    if (!System.getProperty("os.name").startsWith("Windows")) {
      Signal.handle(new Signal("HUP"), _ -> passOn("HUP"));
    }
  }

  private void passOn(String signal) {
    Process child = started.get();
    if (child == null) {
      return;
    }
    if (signal.equals("TERM")) {
      child.destroy();
      return;
    }
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid())).start();
    } catch (IOException _) {
      child.destroy();
    }
  }

  private Process start() {
    try {
      return program.start();
    } catch (IOException e) {
      String name = program.command().getFirst();
      // The JDK tells the one from the other in its text alone.
      if (FORBIDDEN.matcher(String.valueOf(e.getMessage())).find()) {
        throw new Stop(ExitCode.CANNOT_RUN, "`%s` may not be run.".formatted(name));
      }
      throw new Stop(ExitCode.CANNOT_START, "`%s` cannot be started.".formatted(name));
    }
  }
}
