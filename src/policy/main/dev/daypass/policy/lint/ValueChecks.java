package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The values of conditions: that operators can read them, and that each adds something.
final class ValueChecks {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");

  private ValueChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (DraftCondition condition : statement.conditions()) {
      key(condition, findings);
      condition
          .base()
          .ifPresent(
              operator -> condition.values().forEach(value -> readable(operator, value, findings)));
      booleans(condition, findings);
      dates(condition, findings);
      redundant(condition, findings);
      bounds(condition, findings);
    }
  }

  private static void key(DraftCondition condition, Findings findings) {
    Optional<ContextKey> key = ContextKey.find(condition.key());
    Optional<ValueType> used = condition.type();
    if (key.isPresent() && used.isPresent() && !key.get().type().comparedAs(used.get())) {
      findings.add(
          Issue.TYPE_MISMATCH,
          condition.node(),
          condition.writtenKey(),
          key.get().type().operators(),
          condition.written());
    }
  }

  private static void readable(Operator operator, Node value, Findings findings) {
    String text = value.scalar().orElse("");
    if (text.contains("${") || operator.accepts(text)) {
      return;
    }
    Issue issue =
        switch (ValueType.of(operator)) {
          case BOOL, NULL -> Issue.TYPE_MISMATCH_BOOLEAN;
          case DATE -> Issue.TYPE_MISMATCH_DATE;
          case IP -> Issue.TYPE_MISMATCH_IP_RANGE;
          case NUMERIC -> Issue.TYPE_MISMATCH_NUMBER;
          case STRING, ARN, BINARY -> Issue.TYPE_MISMATCH_STRING;
        };
    findings.add(issue, value, text);
  }

  private static void booleans(DraftCondition condition, Findings findings) {
    boolean asked = condition.is(Operator.BOOL, Operator.NULL);
    if (asked && condition.values().size() > 1) {
      findings.add(Issue.INVALID_CONDITION_MULTIPLE_BOOLEAN, condition.node());
    }
  }

  private static void dates(DraftCondition condition, Findings findings) {
    if (!condition.isOf(ValueType.DATE)) {
      return;
    }
    for (Node value : condition.values()) {
      String text = value.scalar().orElse("");
      if (DIGITS.matcher(text).matches()) {
        findings.add(Issue.INVALID_DATE_VALUE, value, text);
      }
    }
  }

  private static void redundant(DraftCondition condition, Findings findings) {
    boolean pattern = condition.written().contains("Like") || condition.isOf(ValueType.ARN);
    if (pattern) {
      Redundancy.within(
          condition.values(), UnaryOperator.identity(), Issue.REDUNDANT_CONDITION_VALUE, findings);
    } else if (condition.isOf(ValueType.STRING) || condition.isOf(ValueType.IP)) {
      // What is no pattern is within nothing but itself.
      Redundancy.within(
          condition.values(),
          text -> text.replace('*', '\u0001').replace('?', '\u0002'),
          Issue.REDUNDANT_CONDITION_VALUE,
          findings);
    }
  }

  /// Of several bounds the widest counts: they are alternatives.
  private static void bounds(DraftCondition condition, Findings findings) {
    boolean below = condition.is(Operator.NUMERIC_LESS_THAN, Operator.NUMERIC_LESS_THAN_EQUALS);
    boolean above =
        condition.is(Operator.NUMERIC_GREATER_THAN, Operator.NUMERIC_GREATER_THAN_EQUALS);
    List<BigDecimal> numbers =
        condition.texts().stream()
            .filter(text -> NUMBER.matcher(text).matches())
            .map(BigDecimal::new)
            .sorted()
            .toList();
    if ((below || above) && numbers.size() > 1) {
      BigDecimal widest = below ? numbers.getLast() : numbers.getFirst();
      findings.add(Issue.REDUNDANT_CONDITION_VALUE_NUM, condition.node(), widest.toPlainString());
    }
  }
}
