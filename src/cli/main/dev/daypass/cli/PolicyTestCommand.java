package dev.daypass.cli;

import dev.daypass.cli.CaseTable.Case;
import dev.daypass.policy.Decision;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass policy test`.
@Command(
    name = "test",
    description = "Decide tables of requests, and compare with what should come of them.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 all as expected, 1 some not, 2 wrong usage."})
final class PolicyTestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write a JUnit XML report as well.")
  private @Nullable Path junit;

  @Option(names = "--explain", description = "Tell the full account of what is not as expected.")
  private boolean explain;

  @Parameters(arity = "1..*", paramLabel = "TABLE")
  private List<Path> tables;

  @SuppressWarnings("NullAway.Init")
  PolicyTestCommand() {}

  /// What came of a case.
  ///
  /// @param failure a sentence, where it is not what was expected
  record Result(String table, String name, Optional<String> failure) {}

  @Override
  public Integer call() throws IOException {
    List<Result> results = new ArrayList<>();
    for (Path table : tables) {
      CaseTable read = CaseTable.read(table);
      read.cases().forEach(each -> results.add(run(read, each)));
    }
    PrintWriter out = spec.commandLine().getOut();
    for (Result result : results) {
      result
          .failure()
          .ifPresent(why -> out.printf("%s: %s: %s%n", result.table(), result.name(), why));
    }
    long failed = results.stream().filter(result -> result.failure().isPresent()).count();
    out.printf("%d cases, %d not as expected%n", results.size(), failed);
    if (junit != null) {
      JUnitReport.write(junit, results);
    }
    return failed == 0 ? 0 : ExitCode.FAILED;
  }

  private Result run(CaseTable table, Case each) {
    Decision decision = table.policies().decide(each.access());
    if (each.expected().met(decision)) {
      return new Result(table.name(), each.name(), Optional.empty());
    }
    String came =
        switch (decision) {
          case Decision.Allowed(var by) ->
              "allowed" + by.map(id -> " by " + id.policy() + ":" + id.position()).orElse("");
          case Decision.ExplicitlyDenied(_, var by) ->
              decision.message(each.access()) + " (" + by.policy() + ":" + by.position() + ")";
          case Decision.ImplicitlyDenied _ -> decision.message(each.access());
        };
    String account = explain ? "\n" + table.policies().explain(each.access()).toText() : "";
    return new Result(
        table.name(),
        each.name(),
        Optional.of("expected %s, but %s%s".formatted(each.expected(), came, account)));
  }
}
