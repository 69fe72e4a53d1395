package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;
import dev.daypass.policy.lint.DraftCondition.Qualifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How a Condition block is built: operators, qualifiers, lists of values.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
///   operators</a>
final class ConditionChecks {
  private ConditionChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    statement
        .find("Condition")
        .ifPresent(block -> block.members().forEach((_, keys) -> operator(keys, findings)));
    for (DraftCondition condition : statement.conditions()) {
      operatorName(condition, findings);
      values(condition, findings);
      qualifier(statement, condition, findings);
    }
  }

  private static void operator(Node keys, Findings findings) {
    if (!keys.isObject()) {
      findings.add(Issue.DATA_TYPE_MISMATCH, keys, "an object");
      return;
    }
    Map<String, Node> members = keys.members();
    if (members.isEmpty()) {
      findings.add(Issue.EMPTY_OBJECT_CONDITION, keys);
    }
    Set<String> seen = new HashSet<>();
    members.forEach(
        (key, values) -> {
          if (!seen.add(DraftStatement.folded(key))) {
            findings.add(Issue.DUPLICATE_KEYS_WITH_DIFFERENT_CASE, values, key);
          }
        });
  }

  private static void operatorName(DraftCondition condition, Findings findings) {
    if (condition.base().isEmpty()) {
      findings.add(Issue.INVALID_CONDITION_OPERATOR, condition.node(), condition.written());
    }
    if (!condition.is(Operator.NULL)) {
      return;
    }
    if (condition.ifExists()) {
      findings.add(Issue.NULL_WITH_IF_EXISTS, condition.node());
    }
    if (condition.qualifier() != Qualifier.NONE) {
      findings.add(Issue.NULL_WITH_QUALIFIER, condition.node());
    }
  }

  private static void values(DraftCondition condition, Findings findings) {
    Node node = condition.node();
    if (node.entries().isEmpty()) {
      findings.add(emptiness(condition), node, condition.writtenKey());
    }
    boolean scalars = condition.values().size() == node.entries().size();
    boolean alike =
        condition.values().stream().map(value -> value.text().isPresent()).distinct().count() <= 1;
    if (!scalars || !alike) {
      findings.add(Issue.INVALID_CONDITION_DATA_TYPE, node);
    }
  }

  private static Issue emptiness(DraftCondition condition) {
    if (condition.ifExists()) {
      return Issue.EMPTY_ARRAY_CONDITION_IFEXISTS;
    }
    return switch (condition.qualifier()) {
      case NONE -> Issue.EMPTY_ARRAY_CONDITION;
      case FOR_ALL_VALUES -> Issue.EMPTY_ARRAY_CONDITION_FORALLVALUES;
      case FOR_ANY_VALUE -> Issue.EMPTY_ARRAY_CONDITION_FORANYVALUE;
    };
  }

  private static void qualifier(
      DraftStatement statement, DraftCondition condition, Findings findings) {
    if (condition.is(Operator.NULL)) {
      return;
    }
    ContextKey.find(condition.key())
        .ifPresent(
            key -> {
              if (key.multiValued()) {
                several(statement, condition, findings);
              } else {
                single(condition, findings);
              }
            });
  }

  private static void single(DraftCondition condition, Findings findings) {
    switch (condition.qualifier()) {
      case FOR_ALL_VALUES ->
          findings.add(
              Issue.FORALLVALUES_WITH_SINGLE_VALUED_KEY, condition.node(), condition.writtenKey());
      case FOR_ANY_VALUE ->
          findings.add(
              Issue.FORANYVALUE_WITH_SINGLE_VALUED_KEY, condition.node(), condition.writtenKey());
      case NONE -> {}
    }
  }

  private static void several(
      DraftStatement statement, DraftCondition condition, Findings findings) {
    if (condition.qualifier() == Qualifier.NONE) {
      findings.add(Issue.MISSING_QUALIFIER, condition.node(), condition.writtenKey());
    }
    boolean asked =
        statement.conditions().stream()
            .anyMatch(other -> other.is(Operator.NULL) && other.key().equals(condition.key()));
    if (condition.qualifier() == Qualifier.FOR_ALL_VALUES && statement.allows() && !asked) {
      findings.add(Issue.FORALLVALUES_WITHOUT_NULL_CHECK, condition.node(), condition.writtenKey());
    }
  }
}
