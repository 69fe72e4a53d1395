package dev.daypass.policy.lint;

import dev.daypass.policy.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What is said twice: a statement within another, an entry within another of its list.
final class Redundancy {
  /// Comparing each with each has to end, also where a document is made to prevent it.
  private static final int MOST_COMPARED = 256;

  private static final List<String> REST =
      List.of("Effect", "Principal", "NotPrincipal", "NotAction", "NotResource", "Condition");

  private Redundancy() {}

  /// What a statement speaks of, in a form that can be compared.
  ///
  /// @param rest all that must be the same in both
  private record Scope(Node node, String rest, List<String> actions, List<String> resources) {
    static Scope of(DraftStatement statement) {
      return new Scope(
          statement.node(),
          REST.stream().map(statement::find).map(Redundancy::canonical).toList().toString(),
          statement.texts("Action").stream().map(DraftStatement::folded).toList(),
          statement.texts("Resource"));
    }

    boolean within(Scope outer) {
      return rest.equals(outer.rest)
          && within(actions, outer.actions)
          && within(resources, outer.resources);
    }

    private static boolean within(List<String> inner, List<String> outer) {
      return inner.isEmpty() == outer.isEmpty()
          && inner.stream()
              .allMatch(narrow -> outer.stream().anyMatch(wide -> Wildcards.covers(wide, narrow)));
    }
  }

  static void check(List<DraftStatement> statements, Findings findings) {
    List<Scope> scopes =
        statements.stream()
            .filter(statement -> statement.node().isObject())
            .limit(MOST_COMPARED)
            .map(Scope::of)
            .toList();
    for (int i = 0; i < scopes.size(); i++) {
      Scope inner = scopes.get(i);
      int outer =
          outerOf(i, scopes.size(), (one, other) -> scopes.get(one).within(scopes.get(other)));
      if (outer >= 0) {
        findings.add(Issue.REDUNDANT_STATEMENT, inner.node(), scopes.get(outer).node().path());
      }
    }
  }

  /// The same text for what means the same: order does not count, and one is a list of one.
  private static String canonical(Optional<Node> node) {
    return node.map(Node::json).map(Redundancy::canonical).orElse("");
  }

  private static String canonical(Json json) {
    return switch (json) {
      case Json.Members(Map<String, Json> members, _) -> {
        Map<String, String> sorted = new TreeMap<>();
        members.forEach((name, value) -> sorted.put(name, canonical(value)));
        yield sorted.toString();
      }
      case Json.Items(List<Json> items, _) ->
          items.stream().map(Redundancy::canonical).sorted().distinct().toList().toString();
      case Json.Scalar scalar -> scalar.text();
      case Json.Null _ -> "null";
    };
  }

  /// Tells each entry that another covers.
  static void within(
      List<Node> entries, UnaryOperator<String> form, Issue issue, Findings findings) {
    List<Node> compared = entries.stream().limit(MOST_COMPARED).toList();
    List<String> texts =
        compared.stream().map(entry -> form.apply(entry.scalar().orElse(""))).toList();
    for (int i = 0; i < texts.size(); i++) {
      int outer =
          outerOf(
              i, texts.size(), (one, other) -> Wildcards.covers(texts.get(other), texts.get(one)));
      if (outer >= 0) {
        findings.add(
            issue,
            compared.get(i),
            compared.get(i).scalar().orElse(""),
            compared.get(outer).scalar().orElse(""));
      }
    }
  }

  /// Whether one of a list is within another.
  private interface Within {
    boolean test(int inner, int outer);
  }

  /// The first that has this one within it, or -1. Of two that say the same the first stays.
  private static int outerOf(int inner, int count, Within within) {
    for (int outer = 0; outer < count; outer++) {
      if (outer != inner
          && within.test(inner, outer)
          && (outer < inner || !within.test(outer, inner))) {
        return outer;
      }
    }
    return -1;
  }
}
