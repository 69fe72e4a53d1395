package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.List;
import java.util.Optional;

/// One line of a Condition block: an operator, a key, and the values to compare with.
///
/// @param ifExists whether a request without the key satisfies it
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
///   operators</a>
record Condition(
    Operator operator,
    Quantifier quantifier,
    boolean ifExists,
    String key,
    List<Comparison.Test> tests) {
  Condition {
    tests = List.copyOf(tests);
  }

  /// How the values of a multi-valued key are taken.
  enum Quantifier {
    NONE,
    FOR_ALL_VALUES,
    FOR_ANY_VALUE
  }

  boolean holds(Question question, Effect effect) {
    Optional<Value> value = question.find(key);
    boolean absent = value.isEmpty() || isEmpty(value.get());
    if (operator == Operator.NULL) {
      return tests.stream()
          .anyMatch(test -> test.of(Boolean.toString(absent), question) == Comparison.Answer.YES);
    }
    if (value.isEmpty() || (absent && quantifier == Quantifier.NONE)) {
      return holdsWhenAbsent();
    }
    return switch (value.get()) {
      case Value.Single(var seen) -> holdsFor(seen, question, effect);
      case Value.Multiple(var seen) -> holdsForAll(seen, question, effect);
    };
  }

  /// The empty string is how some keys say that there is none.
  private static boolean isEmpty(Value value) {
    return value instanceof Value.Multiple(var several)
        && (several.isEmpty() || several.equals(List.of("")));
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
          seen.equals(List.of(""))
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
