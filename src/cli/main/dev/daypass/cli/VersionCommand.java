package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass version`.
@Command(name = "version", description = "Which one this is.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  VersionCommand() {}

  @Override
  public Integer call() throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    Map<String, Object> told =
        new TreeMap<>(
            Map.of(
                "version",
                Daypass.VERSION,
                "java",
                System.getProperty("java.vm.version"),
                "system",
                system));
    spec.commandLine()
        .getOut()
        .println(
            json ? JSON.std.asString(told) : "daypass %s (%s)".formatted(Daypass.VERSION, system));
    return 0;
  }
}
