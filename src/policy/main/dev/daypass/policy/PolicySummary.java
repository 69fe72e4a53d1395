package dev.daypass.policy;

import dev.daypass.policy.Statement.Element;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A policy in plain English sentences, for somebody who is to decide about it: one for each
/// statement, in their order, with nothing left out and nothing judged.
public final class PolicySummary {
  private PolicySummary() {}

  public static String of(Policy policy) {
    return policy.statements().stream()
        .map(PolicySummary::sentence)
        .collect(Collectors.joining("\n"));
  }

  private static String sentence(Statement statement) {
    return (statement.effect() == Effect.ALLOW ? "Allows " : "Denies ")
        + named(statement.actions(), "every action", ActionPattern::written)
        + " on "
        + named(statement.resources(), "every resource", ResourcePattern::written)
        + conditions(statement.conditions())
        + ".";
  }

  private static <T> String named(
      Element<T> element, String everything, Function<T, String> written) {
    List<String> entries = element.entries().stream().map(written).toList();
    boolean all = entries.isEmpty() || entries.contains("*");
    if (element.negated()) {
      return all ? "nothing" : everything + " except " + list(entries, "and");
    }
    return all ? everything : list(entries, "and");
  }

  private static String conditions(List<Condition> conditions) {
    return conditions.isEmpty()
        ? ""
        : conditions.stream()
            .map(PolicySummary::condition)
            .collect(Collectors.joining(" and ", ", provided that ", ""));
  }

  private static String condition(Condition condition) {
    List<String> values = condition.values().stream().map(Template::written).toList();
    return condition.name() + " meets " + condition.operatorName() + " " + list(values, "or");
  }

  /// `a`, `a and b`, `a, b and c`.
  private static String list(List<String> texts, String last) {
    if (texts.size() < 2) {
      return String.join("", texts);
    }
    return String.join(", ", texts.subList(0, texts.size() - 1))
        + " "
        + last
        + " "
        + texts.getLast();
  }
}
