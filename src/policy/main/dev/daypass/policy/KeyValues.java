package dev.daypass.policy;

import dev.daypass.policy.Comparison.Kind;
import dev.daypass.policy.Context.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a condition key can hold, as far as some conditions can tell it apart: whatever a request
/// has, they take it like one of these.
final class KeyValues {
  /// What no policy names. Longer than any run of question marks that a policy would have.
  static final String NEVER_NAMED = "unnamed-".repeat(8);

  private static final int MOST_FOR_SETS = 6;

  private KeyValues() {}

  /// Every way to hold the key, absence first; nothing where there are too many, or where the
  /// conditions compare it as things that have nothing in common.
  ///
  /// @param conditions those on this key
  /// @param named whether a variable stands for it somewhere
  static Optional<List<Optional<Value>>> of(List<Condition> conditions, boolean named) {
    Optional<Set<String>> singles = singles(conditions);
    boolean sets =
        conditions.stream()
            .anyMatch(condition -> condition.quantifier() != Condition.Quantifier.NONE);
    if (singles.isEmpty() || (sets && singles.get().size() > MOST_FOR_SETS)) {
      return Optional.empty();
    }
    List<Optional<Value>> all = new ArrayList<>();
    all.add(Optional.empty());
    if (named) {
      all.add(Optional.of(new Value.Single(NEVER_NAMED)));
    }
    singles.get().forEach(value -> all.add(Optional.of(new Value.Single(value))));
    if (sets) {
      subsets(List.copyOf(singles.get())).forEach(set -> all.add(Optional.of(set)));
    } else if (!conditions.isEmpty()) {
      // Several values, where the operators do not say which counts: none does, whatever they are.
      all.add(Optional.of(new Value.Multiple(List.of(NEVER_NAMED, NEVER_NAMED))));
    }
    return Optional.of(all);
  }

  private static List<Value> subsets(List<String> values) {
    List<Value> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << values.size(); bits++) {
      List<String> subset = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        if ((bits & 1 << i) != 0) {
          subset.add(values.get(i));
        }
      }
      subsets.add(new Value.Multiple(subset));
      if (subset.size() == 1) {
        subsets.add(new Value.Multiple(List.of(subset.getFirst(), subset.getFirst())));
      }
    }
    return subsets;
  }

  private static Optional<Set<String>> singles(List<Condition> conditions) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Set<String> constants = new LinkedHashSet<>();
    boolean ignoringCase = false;
    List<Condition> comparing =
        conditions.stream().filter(condition -> condition.operator() != Operator.NULL).toList();
    for (Condition condition : comparing) {
      kinds.add(condition.operator().comparison().kind());
      ignoringCase |= condition.operator().wireName().endsWith("IgnoreCase");
      for (Template value : condition.values()) {
        if (value.written().contains("${")) {
          return Optional.empty();
        }
        constants.add(value.written());
      }
    }
    Set<String> singles = new LinkedHashSet<>();
    singles.add(NEVER_NAMED);
    if (EnumSet.of(Kind.TEXT, Kind.PATTERN, Kind.ARN).containsAll(kinds)) {
      if (ignoringCase && kinds.size() > 1) {
        return Optional.empty();
      }
      return ignoringCase ? Optional.of(cases(constants, singles)) : texts(comparing, singles);
    }
    if (kinds.size() > 1) {
      return Optional.empty();
    }
    for (Condition condition : comparing) {
      for (Template value : condition.values()) {
        singles.addAll(
            condition.operator().comparison().samples().apply(value.constant().orElseThrow()));
      }
    }
    return Optional.of(completed(kinds.iterator().next(), singles));
  }

  /// Each constant, and one that differs from all of them but for case.
  private static Set<String> cases(Set<String> constants, Set<String> singles) {
    for (String constant : constants) {
      singles.add(constant);
      singles.add(flipped(constant, constants));
    }
    return singles;
  }

  private static String flipped(String text, Set<String> taken) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char flip = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
      String flipped = text.substring(0, i) + flip + text.substring(i + 1);
      if (!taken.contains(flipped)) {
        return flipped;
      }
    }
    return text;
  }

  private static Optional<Set<String>> texts(List<Condition> conditions, Set<String> singles) {
    List<Word> words = new ArrayList<>();
    words.add(Word.fields(ArnFields.LAST + 1, true));
    for (Condition condition : conditions) {
      Kind kind = condition.operator().comparison().kind();
      condition.values().forEach(value -> words.add(word(kind, value)));
    }
    Optional<Collection<String>> found = new Words(words, 0).representatives().map(r -> r.values());
    found.ifPresent(singles::addAll);
    return found.map(_ -> singles);
  }

  private static Word word(Kind kind, Template value) {
    Word.Builder word = new Word.Builder();
    switch (kind) {
      case TEXT -> word.literal(value.constant().orElseThrow());
      case PATTERN -> value.addTo(word, Optional.empty());
      default -> {
        String[] fields = value.written().split(":", ArnFields.LAST + 1);
        for (int i = 0; i < fields.length; i++) {
          word.wild(fields[i], i < ArnFields.LAST);
          if (i < fields.length - 1) {
            word.add(':');
          }
        }
      }
    }
    return word.build();
  }

  /// The ends of what there is, and the middles between neighbours.
  private static Set<String> completed(Kind kind, Set<String> singles) {
    switch (kind) {
      case BOOL -> singles.addAll(List.of("true", "false"));
      case ADDRESS -> singles.addAll(List.of("0.0.0.0", "::"));
      case NUMBER -> singles.addAll(Samples.betweenNumbers(singles));
      case DATE -> singles.addAll(Samples.betweenDates(singles));
      case BINARY, TEXT, PATTERN, ARN -> {}
    }
    return singles;
  }
}
