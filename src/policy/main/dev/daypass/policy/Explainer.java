package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import dev.daypass.policy.Explanation.ConditionTold;
import dev.daypass.policy.Explanation.Element;
import dev.daypass.policy.Explanation.Layer;
import dev.daypass.policy.Explanation.Outcome;
import dev.daypass.policy.Explanation.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives the account of a decision, by asking every statement for each of its parts.
final class Explainer {
  private final Policies policies;
  private final Question question;

  Explainer(Policies policies, Access access) {
    this.policies = policies;
    this.question = policies.question(access);
  }

  Explanation explain() {
    Access access = question.access();
    Decision decision = policies.decide(access);
    return new Explanation(
        access,
        decision,
        layers(),
        decision.allowed() ? List.of() : new Counterfactuals(policies, access).changes());
  }

  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    levels(PolicyType.RESOURCE_CONTROL, policies.resourceControl(), layers);
    levels(PolicyType.SERVICE_CONTROL, policies.serviceControl(), layers);
    policies.resource().ifPresent(set -> layers.add(layer(policies.resourceType(), 0, set)));
    layers.add(layer(PolicyType.IDENTITY, 0, policies.identity()));
    policies
        .boundary()
        .ifPresent(set -> layers.add(layer(PolicyType.PERMISSIONS_BOUNDARY, 0, set)));
    policies.session().ifPresent(set -> layers.add(layer(PolicyType.SESSION, 0, set)));
    return layers;
  }

  private void levels(PolicyType type, List<PolicySet> levels, List<Layer> layers) {
    for (int i = 0; i < levels.size(); i++) {
      layers.add(layer(type, i + 1, levels.get(i)));
    }
  }

  private Layer layer(PolicyType type, int level, PolicySet set) {
    Verdict verdict = set.ask(question);
    Outcome outcome =
        verdict.denied().isPresent()
            ? Outcome.DENIES
            : verdict.allows() ? Outcome.ALLOWS : Outcome.SAYS_NOTHING;
    return new Layer(type, level, outcome, set.statements().map(this::told).toList());
  }

  private Told told(Statement statement) {
    PrincipalElement principals = statement.principals();
    boolean named = statement.principalMatch(question) != PrincipalMatch.NONE;
    return new Told(
        statement.id(),
        statement.effect(),
        statement.match(question) != PrincipalMatch.NONE,
        principals.equals(PrincipalElement.EVERYONE)
            ? Optional.empty()
            : Optional.of(
                new Element(
                    name("Principal", principals.negated()),
                    named,
                    principals.entries().stream().map(PrincipalElement.Entry::shown).toList())),
        new Element(
            name("Action", statement.actions().negated()),
            statement.actionMatches(question),
            statement.actions().entries().stream().map(ActionPattern::written).toList()),
        new Element(
            name("Resource", statement.resources().negated()),
            statement.resourceMatches(question),
            statement.resources().entries().stream().map(ResourcePattern::written).toList()),
        statement.conditions().stream()
            .map(condition -> told(condition, statement.effect()))
            .toList());
  }

  private static String name(String element, boolean negated) {
    return negated ? "Not" + element : element;
  }

  private ConditionTold told(Condition condition, Effect effect) {
    return new ConditionTold(
        condition.operatorName(),
        condition.name(),
        condition.values().stream()
            .map(value -> value.text(question).orElseGet(value::written))
            .toList(),
        Optional.ofNullable(question.find(condition.key())).map(Explainer::values),
        condition.judge(question, effect));
  }

  private static List<String> values(Value value) {
    return switch (value) {
      case Value.Single(var single) -> List.of(single);
      case Value.Multiple(var several) -> several;
    };
  }
}
