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
        .map(statement -> sentence(policy.type(), statement))
        .collect(Collectors.joining("\n"));
  }

  private static String sentence(PolicyType type, Statement statement) {
    return (statement.effect() == Effect.ALLOW ? "Allows " : "Denies ")
        + named(statement.actions(), "every action", ActionPattern::written)
        + (type.namesPrincipals() ? " to " + principals(statement) : "")
        // A trust policy is of one role, which it does not name.
        + (type == PolicyType.TRUST ? "" : " on " + resources(statement))
        + conditions(statement.conditions())
        + ".";
  }

  private static String resources(Statement statement) {
    return named(statement.resources(), "every resource", ResourcePattern::written);
  }

  private static String principals(Statement statement) {
    PrincipalElement element = statement.principals();
    String named = list(element.entries().stream().map(PolicySummary::principal).toList(), "and");
    if (element.negated()) {
      return "everyone except " + named;
    }
    return named.isEmpty() ? "nobody" : named;
  }

  private static String principal(PrincipalElement.Entry entry) {
    return switch (entry) {
      case PrincipalElement.Entry.Anyone _ -> "everyone";
      case PrincipalElement.Entry.Account(var id) -> "account " + id;
      default -> entry.shown();
    };
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
