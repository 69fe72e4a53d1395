package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a Condition block: an operator, a key, and the values to compare with.
///
/// @param ifExists whether a request without the key satisfies it
/// @param name the key as its author wrote it
/// @param key the same in lower case
/// @param values as they are written
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
///   operators</a>
record Condition(
    Operator operator,
    Quantifier quantifier,
    boolean ifExists,
    String name,
    String key,
    List<Template> values,
    List<Comparison.Test> tests) {
  static final String IF_EXISTS = "IfExists";
  private static final List<String> NOTHING = List.of("");

  Condition {
    values = List.copyOf(values);
    tests = List.copyOf(tests);
  }

  /// How the values of a multi-valued key are taken.
  enum Quantifier {
    NONE(""),
    FOR_ALL_VALUES("ForAllValues:"),
    FOR_ANY_VALUE("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }

    /// What stands before the operator's name.
    String prefix() {
      return prefix;
    }
  }

  /// The operator as a policy spells it.
  String operatorName() {
    return quantifier.prefix() + operator.wireName() + (ifExists ? IF_EXISTS : "");
  }

  /// What it says: two conditions of one signature hold for the same requests.
  String signature() {
    return operatorName() + " " + key + values.stream().map(Template::signature).sorted().toList();
  }

  boolean holds(Question question, Effect effect) {
    return judge(question, effect).holds();
  }

  /// Whether the request satisfies it, and why.
  ///
  /// @param effect of its statement
  ConditionOutcome judge(Question question, Effect effect) {
    Value value = question.find(key);
    boolean absent = isAbsent(value);
    if (operator == Operator.NULL) {
      return isNull(absent, question);
    }
    if (value == null || (absent && quantifier == Quantifier.NONE)) {
      return judgeAbsent();
    }
    return switch (value) {
      case Value.Single(var seen) -> judge(seen, question, effect);
      case Value.Multiple(var seen) -> judge(seen, question, effect);
    };
  }

  /// The empty string is how some keys say that there is none.
  private static boolean isAbsent(@Nullable Value value) {
    return value == null
        || value instanceof Value.Multiple(var several)
            && (several.isEmpty() || several.equals(NOTHING));
  }

  private ConditionOutcome isNull(boolean absent, Question question) {
    for (Comparison.Test test : tests) {
      if (test.of(Boolean.toString(absent), question) == Comparison.Answer.YES) {
        return absent ? ConditionOutcome.ABSENT_AS_WANTED : ConditionOutcome.PRESENT_AS_WANTED;
      }
    }
    return absent ? ConditionOutcome.ABSENT : ConditionOutcome.PRESENT;
  }

  private ConditionOutcome judgeAbsent() {
    if (ifExists || quantifier == Quantifier.FOR_ALL_VALUES) {
      return ConditionOutcome.ABSENT_WHICH_IS_ENOUGH;
    }
    return quantifier == Quantifier.NONE && operator.negated()
        ? ConditionOutcome.ABSENT_WHICH_IS_ENOUGH
        : ConditionOutcome.ABSENT;
  }

  private ConditionOutcome judge(List<String> seen, Question question, Effect effect) {
    return switch (quantifier) {
      case FOR_ALL_VALUES -> judgeAll(seen, question, effect);
      case FOR_ANY_VALUE -> judgeAny(seen, question, effect);
      // Several values without a quantifier: AWS does not say which counts, so none does.
      case NONE ->
          seen.size() == 1
              ? judge(seen.getFirst(), question, effect)
              : ConditionOutcome.SEVERAL_VALUES;
    };
  }

  private ConditionOutcome judgeAll(List<String> seen, Question question, Effect effect) {
    if (seen.isEmpty() || seen.equals(NOTHING)) {
      return ConditionOutcome.ABSENT_WHICH_IS_ENOUGH;
    }
    ConditionOutcome last = ConditionOutcome.MATCHES;
    for (String value : seen) {
      last = judge(value, question, effect);
      if (!last.holds()) {
        return last;
      }
    }
    return last;
  }

  private ConditionOutcome judgeAny(List<String> seen, Question question, Effect effect) {
    ConditionOutcome last = ConditionOutcome.ABSENT;
    for (String value : seen) {
      last = judge(value, question, effect);
      if (last.holds()) {
        return last;
      }
    }
    return last;
  }

  /// Negation stands outside of "any of these values": unequal means equal to none.
  private ConditionOutcome judge(String seen, Question question, Effect effect) {
    boolean matched = false;
    boolean unreadable = false;
    for (Comparison.Test test : tests) {
      Comparison.Answer answer = test.of(seen, question);
      matched |= answer == Comparison.Answer.YES;
      unreadable |= answer == Comparison.Answer.UNREADABLE;
    }
    if (unreadable && operator.negated()) {
      // A value that is not of the operator's kind must not open what it might have closed.
      return effect == Effect.DENY
          ? ConditionOutcome.UNREADABLE_WHICH_DENIES
          : ConditionOutcome.UNREADABLE;
    }
    if (operator.negated()) {
      return matched ? ConditionOutcome.EXCLUDED : ConditionOutcome.MATCHES_NONE;
    }
    if (matched) {
      return ConditionOutcome.MATCHES;
    }
    return unreadable ? ConditionOutcome.UNREADABLE : ConditionOutcome.DIFFERS;
  }
}
