package dev.daypass.cli;

import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.PolicyComparison;
import dev.daypass.policy.PolicyComparison.Answer;
import dev.daypass.policy.PolicySet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass policy compare`.
@Command(
    name = "compare",
    description = "Prove what policies can never allow, or show a request that they do.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 proven that there is none, 1 found one, 2 wrong usage, 3 cannot tell.",
      "",
      "  daypass policy compare --existing old.json new.json",
      "  daypass policy compare --grants iam:*,* new.json",
      "  daypass policy compare --type trust --public trust.json",
      "  daypass policy compare --type trust --without-mfa trust.json"
    })
final class PolicyCompareCommand implements Callable<Integer> {
  private static final int CANNOT_TELL = 3;

  /// What is asked.
  static final class Asked {
    @Option(
        names = "--existing",
        paramLabel = "FILE",
        description = "Do the files allow anything that these do not?")
    private List<Path> existing = List.of();

    @Option(
        names = "--grants",
        paramLabel = "ACTION,RESOURCE",
        description = "Can the files ever allow this?")
    private @Nullable String grants;

    @Option(names = "--public", description = "Do the files let in somebody they do not name?")
    private boolean anybody;

    @Option(
        names = "--without-mfa",
        description = "Can the role be assumed without a second factor?")
    private boolean withoutMfa;
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--type",
      defaultValue = "identity",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private PolicyKind type;

  @ArgGroup(multiplicity = "1")
  private Asked asked;

  @Parameters(arity = "1..*", paramLabel = "FILE")
  private List<Path> files;

  @SuppressWarnings("NullAway.Init")
  PolicyCompareCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return switch (ask(PolicyFiles.set(type.type(), files))) {
      case Answer.No() -> {
        out.println("No: there is no such request.");
        yield 0;
      }
      case Answer.Yes(var example, var by) -> {
        out.printf("Yes, by %s, statement %d at %s:%n", by.policy(), by.index() + 1, by.position());
        show(example, out);
        yield ExitCode.FAILED;
      }
      case Answer.CannotTell(var why) -> {
        out.println("Cannot tell: " + why + ".");
        yield CANNOT_TELL;
      }
    };
  }

  private Answer ask(PolicySet policies) {
    if (asked.grants != null) {
      String[] scope = asked.grants.split(",", 2);
      if (scope.length < 2 || scope[0].indexOf(':') < 0) {
        throw new Stop(ExitCode.USAGE, "--grants takes ACTION,RESOURCE such as s3:Get*,*");
      }
      return PolicyComparison.grants(policies, scope[0], scope[1]);
    }
    if (asked.anybody) {
      return PolicyComparison.publicAccess(policies);
    }
    return asked.withoutMfa
        ? PolicyComparison.withoutMfa(policies)
        : PolicyComparison.newAccess(policies, PolicyFiles.set(type.type(), asked.existing));
  }

  private static void show(Access example, PrintWriter out) {
    out.println("  principal  " + example.principal().arn().orElse(example.principal().toString()));
    out.println("  action     " + example.action());
    out.println("  resource   " + example.resource());
    example.context().all().forEach((key, value) -> out.println("  " + key + " = " + shown(value)));
  }

  private static String shown(Context.Value value) {
    return switch (value) {
      case Context.Value.Single(var single) -> single;
      case Context.Value.Multiple(var several) -> several.toString();
    };
  }
}
