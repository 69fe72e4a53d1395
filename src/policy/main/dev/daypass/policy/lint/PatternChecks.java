package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;
import java.util.Optional;

/// Wildcards and variables in the values of conditions.
final class PatternChecks {
  private PatternChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (DraftCondition condition : statement.conditions()) {
      literal(condition, findings);
      needless(condition, findings);
      star(condition, findings);
      sensitive(statement, condition, findings);
    }
  }

  private static boolean isLike(DraftCondition condition) {
    return condition.is(Operator.STRING_LIKE, Operator.STRING_NOT_LIKE);
  }

  private static void literal(DraftCondition condition, Findings findings) {
    if (!condition.isOf(ValueType.STRING) || isLike(condition)) {
      return;
    }
    for (Node value : condition.values()) {
      String text = value.scalar().orElse("");
      if (Wildcards.in(text)) {
        findings.add(Issue.WILDCARD_WITHOUT_LIKE_OPERATOR, value, text, condition.written());
      }
    }
  }

  private static void needless(DraftCondition condition, Findings findings) {
    boolean plain =
        condition.texts().stream().noneMatch(text -> Wildcards.in(text) || text.contains("${"));
    if (isLike(condition) && plain && !condition.values().isEmpty()) {
      findings.add(Issue.LIKE_WITHOUT_WILDCARD, condition.node(), condition.written());
    }
  }

  /// A lone star matches whatever is there, so only being there is asked.
  private static void star(DraftCondition condition, Findings findings) {
    boolean everything = condition.texts().stream().anyMatch(Wildcards::isEverything);
    if (isLike(condition) && everything) {
      meaning(condition)
          .ifPresent(issue -> findings.add(issue, condition.node(), condition.writtenKey()));
    }
  }

  private static Optional<Issue> meaning(DraftCondition condition) {
    boolean absentHolds =
        condition.ifExists() || condition.qualifier() == DraftCondition.Qualifier.FOR_ALL_VALUES;
    if (condition.negated()) {
      return condition.qualifier() == DraftCondition.Qualifier.FOR_ANY_VALUE
          ? Optional.empty()
          : Optional.of(Issue.EQUIVALENT_TO_NULL_TRUE);
    }
    return Optional.of(
        absentHolds
            ? Issue.REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
            : Issue.EQUIVALENT_TO_NULL_FALSE);
  }

  /// In an Allow, or where a Deny spares whom it names, a pattern trusts more than were looked at.
  private static void sensitive(
      DraftStatement statement, DraftCondition condition, Findings findings) {
    boolean trusts = statement.allows() != condition.negated();
    boolean listed = ContextKey.find(condition.key()).filter(ContextKey::sensitive).isPresent();
    if (!trusts || !listed || !condition.isOf(ValueType.STRING)) {
      return;
    }
    for (Node value : condition.values()) {
      String text = value.scalar().orElse("");
      if (isLike(condition) && Wildcards.in(text)) {
        findings.add(Issue.WILDCARD_USAGE_TOO_PERMISSIVE, value, condition.writtenKey());
      }
      if (statement.hasVariables() && text.contains("${")) {
        findings.add(Issue.VARIABLE_USAGE_TOO_PERMISSIVE, value, condition.writtenKey());
      }
    }
  }
}
