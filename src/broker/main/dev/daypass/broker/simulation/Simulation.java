package dev.daypass.broker.simulation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Explanation;
import dev.daypass.policy.Explanation.ConditionTold;
import dev.daypass.policy.Explanation.Layer;
import dev.daypass.policy.Explanation.Outcome;
import dev.daypass.policy.Explanation.Told;
import dev.daypass.policy.Policies;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.iam.ContextKeyType;
import dev.daypass.wire.iam.SimulationMessages.ContextEntry;
import dev.daypass.wire.iam.SimulationMessages.EvaluationResult;
import dev.daypass.wire.iam.SimulationMessages.MatchedStatement;
import dev.daypass.wire.iam.SimulationMessages.OrganizationsDecisionDetail;
import dev.daypass.wire.iam.SimulationMessages.PermissionsBoundaryDecisionDetail;
import dev.daypass.wire.iam.SimulationMessages.StatementPosition;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// One imagined request put to the evaluator, and its account in the words of the simulator.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html">EvaluationResult</a>
final class Simulation {
  private Simulation() {}

  /// @param inlineOf what the source of inline policies is called
  static EvaluationResult run(Policies policies, Access access, String inlineOf) {
    Explanation trace = policies.trace(access);
    return new EvaluationResult(
        access.action(),
        access.resource(),
        trace.decision().name(),
        matched(trace, inlineOf),
        missing(trace),
        organizations(trace),
        layer(trace, PolicyType.PERMISSIONS_BOUNDARY)
            .map(boundary -> boundary.outcome() == Outcome.ALLOWS)
            .map(PermissionsBoundaryDecisionDetail::new));
  }

  private static List<MatchedStatement> matched(Explanation trace, String inlineOf) {
    return trace.layers().stream()
        .flatMap(
            layer ->
                layer.statements().stream()
                    .filter(Told::matched)
                    .map(told -> matched(told, layer.type(), inlineOf)))
        .toList();
  }

  private static MatchedStatement matched(Told told, PolicyType type, String inlineOf) {
    return new MatchedStatement(
        told.id().policy(),
        sourceType(told.id().policy(), type, inlineOf),
        new StatementPosition(told.id().position().line(), told.id().position().column()));
  }

  private static String sourceType(String policy, PolicyType type, String inlineOf) {
    if (type == PolicyType.RESOURCE || type == PolicyType.TRUST) {
      return "resource";
    }
    if (policy.startsWith("arn:aws:iam::aws:policy/")) {
      return "aws-managed";
    }
    return policy.startsWith("arn:") ? "user-managed" : inlineOf;
  }

  /// The keys for want of which conditions of statements that speak of the request did not hold.
  private static List<String> missing(Explanation trace) {
    TreeSet<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    trace.layers().stream()
        .flatMap(layer -> layer.statements().stream())
        .filter(Told::concerns)
        .flatMap(told -> told.conditions().stream())
        .filter(condition -> condition.seen().isEmpty())
        .map(ConditionTold::key)
        .forEach(missing::add);
    return List.copyOf(missing);
  }

  private static Optional<OrganizationsDecisionDetail> organizations(Explanation trace) {
    List<Layer> levels =
        trace.layers().stream()
            .filter(layer -> layer.type() == PolicyType.SERVICE_CONTROL)
            .toList();
    return levels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OrganizationsDecisionDetail(
                levels.stream().allMatch(layer -> layer.outcome() == Outcome.ALLOWS)));
  }

  private static Optional<Layer> layer(Explanation trace, PolicyType type) {
    return trace.layers().stream().filter(layer -> layer.type() == type).findFirst();
  }

  /// The imagined request's condition keys.
  static Context context(List<ContextEntry> entries) {
    Context.Builder context = Context.builder();
    for (ContextEntry entry : entries) {
      String name =
          entry
              .contextKeyName()
              .orElseThrow(() -> INVALID_INPUT.error("A context entry has no key name."));
      if (entry.contextKeyType().filter(ContextKeyType::isList).isPresent()) {
        context.putAll(name, entry.contextKeyValues());
      } else if (entry.contextKeyValues().size() == 1) {
        context.put(name, entry.contextKeyValues().getFirst());
      } else {
        throw INVALID_INPUT.error("Context key %s must have one value.".formatted(name));
      }
    }
    return context.build();
  }
}
