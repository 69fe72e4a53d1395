package dev.daypass.cli;

import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Explanation;
import dev.daypass.policy.Policies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass policy explain`.
@Command(
    name = "explain",
    description = "Decide one request, and tell the full account of it.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 allowed, 1 denied, 2 wrong usage."})
final class PolicyExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--principal",
      required = true,
      description = "ARN, service name, or `anonymous`.")
  private String principal;

  @Option(names = "--action", required = true, description = "Such as s3:GetObject.")
  private String action;

  @Option(names = "--resource", defaultValue = "*", description = "ARN; default: ${DEFAULT-VALUE}.")
  private String resource;

  @Option(names = "--resource-account", description = "Default: the principal's own.")
  private @Nullable String resourceAccount;

  @Option(
      names = "--context",
      paramLabel = "KEY=VALUE",
      description = "Condition key; given twice, it has several values.")
  private List<String> context = List.of();

  @Option(names = "--identity", paramLabel = "FILE", description = "Identity-based policy.")
  private List<Path> identity = List.of();

  @Option(names = "--boundary", paramLabel = "FILE", description = "Permissions boundary.")
  private List<Path> boundary = List.of();

  @Option(names = "--session", paramLabel = "FILE", description = "Session policy.")
  private List<Path> session = List.of();

  @Option(names = "--resource-policy", paramLabel = "FILE", description = "Policy of the resource.")
  private @Nullable Path resourcePolicy;

  @Option(names = "--trust", paramLabel = "FILE", description = "Trust policy of the role.")
  private @Nullable Path trust;

  @Option(
      names = "--scp",
      paramLabel = "FILE",
      description = "Service control policy, a level each.")
  private List<Path> scp = List.of();

  @Option(
      names = "--rcp",
      paramLabel = "FILE",
      description = "Resource control policy, a level each.")
  private List<Path> rcp = List.of();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  PolicyExplainCommand() {}

  @Override
  public Integer call() {
    Policies policies =
        PolicyFiles.policies(
            identity,
            boundary,
            session,
            PolicyFiles.resource(Optional.ofNullable(resourcePolicy), Optional.ofNullable(trust)),
            scp.stream().map(List::of).toList(),
            rcp.stream().map(List::of).toList());
    Explanation explanation =
        policies.explain(
            new Access(
                PrincipalText.parse(principal),
                action,
                resource,
                Optional.ofNullable(resourceAccount),
                context(context)));
    var out = spec.commandLine().getOut();
    out.print(json ? explanation.toJson() + "\n" : explanation.toText());
    out.flush();
    return explanation.decision().allowed() ? 0 : ExitCode.FAILED;
  }

  private static Context context(List<String> pairs) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new Stop(ExitCode.USAGE, "--context takes KEY=VALUE, not `" + pair + "`");
      }
      values
          .computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(pair.substring(equals + 1));
    }
    Context.Builder context = Context.builder();
    values.forEach(
        (key, several) -> {
          if (several.size() == 1) {
            context.put(key, several.getFirst());
          } else {
            context.putAll(key, several);
          }
        });
    return context.build();
  }
}
