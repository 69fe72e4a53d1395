package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass doctor`.
@Command(
    name = "doctor",
    description = "Find out what stands in the way. It changes nothing.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 nothing failed, 1 something did."})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The broker. Default: $$DAYPASS_SERVER, or that of the last sign-in.")
  private @Nullable URI server;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  DoctorCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = Here.silent();
    List<Check> checks = new ArrayList<>(broker(here));
    checks.addAll(new ComputerChecks(here, System.getenv()).all());
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(Map.of("checks", checks.stream().map(Check::told).toList())));
    } else {
      checks.forEach(check -> out.println(check.line()));
    }
    boolean failed = checks.stream().anyMatch(is -> is.result() == Check.Result.FAILED);
    return failed ? ExitCode.FAILED : 0;
  }

  private List<Check> broker(Here here) {
    return Optional.ofNullable(server)
        .or(here::server)
        .map(is -> new BrokerChecks(is, here.clock()).all())
        .orElseGet(
            () ->
                List.of(
                    Check.warning(
                        "address", "No broker is known yet.", "daypass login --server URL")));
  }
}
