package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of a Condition block: an operator, a key, and the values to compare with.
///
/// @param ifExists whether a request without the key satisfies it
/// @param key in lower case
/// @param values as they are written
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
///   operators</a>
record Condition(
    Operator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<Template> values,
    List<Comparison.Test> tests) {
  static final String IF_EXISTS = "IfExists";
  private static final List<String> NOTHING = List.of("");

  Condition {
    key = key.toLowerCase(Locale.ROOT);
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

  boolean holds(Question question, Effect effect) {
    Value value = question.find(key);
    boolean absent = isAbsent(value);
    if (operator == Operator.NULL) {
      return anyIs(Boolean.toString(absent), question);
    }
    if (value == null || (absent && quantifier == Quantifier.NONE)) {
      return holdsWhenAbsent();
    }
    return switch (value) {
      case Value.Single(var seen) -> holdsFor(seen, question, effect);
      case Value.Multiple(var seen) -> holdsForAll(seen, question, effect);
    };
  }

  /// The empty string is how some keys say that there is none.
  static boolean isAbsent(@Nullable Value value) {
    return value == null
        || value instanceof Value.Multiple(var several)
            && (several.isEmpty() || several.equals(NOTHING));
  }

  private boolean anyIs(String seen, Question question) {
    for (Comparison.Test test : tests) {
      if (test.of(seen, question) == Comparison.Answer.YES) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsWhenAbsent() {
    if (ifExists || quantifier == Quantifier.FOR_ALL_VALUES) {
      return true;
    }
    return quantifier == Quantifier.NONE && operator.negated();
  }

  private boolean holdsForAll(List<String> seen, Question question, Effect effect) {
    return switch (quantifier) {
      case FOR_ALL_VALUES ->
          seen.equals(NOTHING)
              || seen.stream().allMatch(value -> holdsFor(value, question, effect));
      case FOR_ANY_VALUE -> seen.stream().anyMatch(value -> holdsFor(value, question, effect));
      // Several values without a quantifier: AWS does not say which counts, so none does.
      case NONE -> seen.size() == 1 && holdsFor(seen.getFirst(), question, effect);
    };
  }

  /// Negation stands outside of "any of these values": unequal means equal to none.
  private boolean holdsFor(String seen, Question question, Effect effect) {
    boolean matched = false;
    for (Comparison.Test test : tests) {
      Comparison.Answer answer = test.of(seen, question);
      if (answer == Comparison.Answer.UNREADABLE && operator.negated()) {
        // A value that is not of the operator's kind must not open what it might have closed.
        return effect == Effect.DENY;
      }
      matched |= answer == Comparison.Answer.YES;
    }
    return matched != operator.negated();
  }
}
