package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.policy.lint.Finding;
import dev.daypass.policy.lint.Kind;
import dev.daypass.policy.lint.Lint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass policy check`.
@Command(
    name = "check",
    description = "Read policies as a reviewer does, and tell what to mend.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 nothing to mend, 1 something at --fail-on or above, 2 wrong usage."
    })
final class PolicyCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--type",
      defaultValue = "identity",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private PolicyKind type;

  @Option(
      names = "--fail-on",
      defaultValue = "SECURITY_WARNING",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Kind failOn;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files;

  @SuppressWarnings("NullAway.Init")
  PolicyCheckCommand() {}

  @Override
  public Integer call() throws IOException {
    boolean failed = false;
    List<Map<String, Object>> all = new ArrayList<>();
    for (Path file : files) {
      for (Finding finding : Lint.check(type.type(), PolicyFiles.read(file))) {
        failed |= finding.kind().compareTo(failOn) <= 0;
        if (json) {
          all.add(shown(file, finding));
        } else {
          spec.commandLine()
              .getOut()
              .printf(
                  "%s:%s: %s %s: %s%n",
                  file,
                  finding.position(),
                  words(finding.kind()),
                  finding.code(),
                  finding.message());
        }
      }
    }
    if (json) {
      spec.commandLine().getOut().println(JSON.std.asString(Map.of("findings", all)));
    }
    return failed ? ExitCode.FAILED : 0;
  }

  private static String words(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Map<String, Object> shown(Path file, Finding finding) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("file", file.toString());
    shown.put("line", finding.position().line());
    shown.put("column", finding.position().column());
    shown.put("findingType", finding.kind().name());
    shown.put("issueCode", finding.code());
    shown.put("path", finding.path());
    shown.put("message", finding.message());
    return shown;
  }
}
