package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import dev.daypass.client.sources.QueryAnswer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass explain`: the trail's record of a request, or what would be decided of one.
@Command(
    name = "explain",
    description = "Why a request was refused, or whether one would be.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A request's record takes cloudtrail:LookupEvents, a simulation",
      "iam:SimulatePrincipalPolicy. Policies in files: daypass policy explain.",
      "Exit codes: 0 allowed, 5 denied."
    })
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Option(names = "--resource", defaultValue = "*", description = "ARN; default: ${DEFAULT-VALUE}.")
  private String resource;

  @Option(names = "--role", paramLabel = "ROLE", description = "As this role; default: as you.")
  private @Nullable String role;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  /// What is to be explained.
  static final class What {
    @Parameters(paramLabel = "REQUEST_ID", description = "As refusals have it.")
    private @Nullable String requestId;

    @Option(names = "--action", paramLabel = "ACTION", description = "Such as s3:GetObject.")
    private @Nullable String action;
  }

  @SuppressWarnings("NullAway.Init")
  ExplainCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    return what.requestId == null
        ? simulate(here, signIn, String.valueOf(what.action))
        : recorded(signIn, what.requestId);
  }

  private int simulate(Here here, SignIn signIn, String action) throws IOException {
    MfaCommand.check(signIn);
    Broker broker = Here.broker(signIn);
    String source = role == null ? signIn.arn() : RoleOptions.arn(broker, signIn, role);
    QueryAnswer answer =
        new IdentityService(signIn, here.clock())
            .call(
                "SimulatePrincipalPolicy",
                Map.of(
                    "PolicySourceArn", source,
                    "ActionNames.member.1", action,
                    "ResourceArns.member.1", resource));
    String decision = answer.get("EvalDecision");
    List<String> statements =
        answer.members().stream()
            .flatMap(member -> Optional.ofNullable(member.get("SourcePolicyId")).stream())
            .distinct()
            .toList();
    List<String> missing = missing(answer);
    show(
        Map.of("principal", source, "action", action, "resource", resource),
        decision,
        statements,
        missing);
    return decision.equals("allowed") ? 0 : ExitCode.DENIED;
  }

  /// Condition keys that policies look at and the simulation was not told.
  private static List<String> missing(QueryAnswer answer) {
    return answer.members().stream()
        .filter(member -> member.size() == 1)
        .flatMap(member -> member.values().stream())
        .filter(value -> value.contains(":") && !value.contains(" "))
        .distinct()
        .toList();
  }

  private void show(
      Map<String, String> request, String decision, List<String> statements, List<String> missing)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> told = new TreeMap<>(request);
      told.put("decision", decision);
      told.put("policies", statements);
      told.put("missingContextKeys", missing);
      out.println(JSON.std.asString(told));
      return;
    }
    out.printf("%s: %s on %s%n", decision, request.get("action"), request.get("resource"));
    out.printf("  as       %s%n", request.get("principal"));
    statements.forEach(policy -> out.printf("  by       %s%n", policy));
    if (statements.isEmpty()) {
      out.println("  by       no statement: nothing allows it");
    }
    missing.forEach(key -> out.printf("  unknown  %s, which a policy asks for%n", key));
  }

  private int recorded(SignIn signIn, String requestId) throws IOException {
    List<?> events = Here.broker(signIn).events(signIn, Map.of("requestId", requestId));
    if (events.isEmpty()) {
      throw new Stop(ExitCode.FAILED, "The trail has no request `%s`.".formatted(requestId));
    }
    Map<?, ?> event = (Map<?, ?>) events.getFirst();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(event));
    } else {
      out.printf(
          "%s  %s at %s%n",
          event.get("eventTime"), event.get("eventName"), event.get("eventSource"));
      out.printf(
          "  by       %s%n", Shown.line(by(event) + " from " + event.get("sourceIPAddress")));
      out.printf("  with     %s%n", Shown.line(event.get("requestParameters")));
      out.printf("  outcome  %s%n", Shown.line(outcome(event)));
    }
    return event.get("errorCode") == null ? 0 : ExitCode.DENIED;
  }

  private static String by(Map<?, ?> event) {
    return event.get("userIdentity") instanceof Map<?, ?> identity
        ? String.valueOf(identity.get("arn"))
        : "somebody unknown";
  }

  private static String outcome(Map<?, ?> event) {
    return event.get("errorCode") == null
        ? "done"
        : event.get("errorCode") + ": " + event.get("errorMessage");
  }
}
