package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks for a request that one statement allows, within its own policies, and that others do not
/// allow. It asks the evaluator itself, about one request for every way in which the policies can
/// tell requests apart: so what it finds is certain, and what it does not find does not exist.
final class AccessSearch {
  private static final int MOST_REQUESTS = 100_000;

  /// What it found.
  sealed interface Found {
    record Nothing() implements Found {}

    record Request(Access access) implements Found {}

    record TooMuch(String why) implements Found {}
  }

  private final Statement allow;
  private final PolicySet within;
  private final PolicySet others;
  private final List<Statement> relevant;
  private final Predicate<Access> wanted;
  private int requests;
  private Optional<String> gaveUp = Optional.empty();

  /// @param others policies that must not allow the request; their Denies that `within` has too
  ///   need not be among them
  /// @param scope statements that tell requests apart although they decide nothing, for questions
  ///   about some actions and resources only
  AccessSearch(
      Statement allow,
      PolicySet within,
      PolicySet others,
      List<Statement> scope,
      Predicate<Access> wanted) {
    this.allow = allow;
    this.within = within;
    this.others = others;
    this.wanted = wanted;
    this.relevant =
        Stream.of(
                Stream.of(allow),
                scope.stream(),
                within.statements().filter(statement -> statement.effect() == Effect.DENY),
                others.statements())
            .flatMap(statements -> statements)
            .toList();
  }

  Found find() {
    Optional<Collection<String>> actions = actions();
    if (actions.isEmpty()) {
      return new Found.TooMuch("too many ways to match actions");
    }
    for (String action : actions.get()) {
      Question asked = question(PrincipalCandidates.SOMEONE, action, "*", Context.EMPTY);
      if (allow.actionMatches(asked)) {
        List<Statement> speaking =
            relevant.stream().filter(statement -> statement.actionMatches(asked)).toList();
        Optional<Access> found = findFor(action, speaking);
        if (found.isPresent()) {
          return new Found.Request(found.get());
        }
      }
    }
    return gaveUp.<Found>map(Found.TooMuch::new).orElseGet(Found.Nothing::new);
  }

  private Optional<Collection<String>> actions() {
    List<Word> words = new ArrayList<>();
    allow.actions().entries().forEach(pattern -> words.add(word(pattern)));
    int needed = allow.actions().negated() ? 0 : words.size();
    relevant.forEach(
        statement -> statement.actions().entries().forEach(pattern -> words.add(word(pattern))));
    words.add(Word.fields(2, false));
    return shaped(words, needed);
  }

  private static Word word(ActionPattern pattern) {
    Word.Builder word = new Word.Builder();
    return pattern.everything()
        ? word.wild("*", false).build()
        : word.literal(pattern.service() + ":").wild(pattern.name(), false).build();
  }

  /// Of all representatives those that match the last pattern, which says what shape they have.
  private static Optional<Collection<String>> shaped(List<Word> words, int needed) {
    List<Word> distinct = new ArrayList<>();
    Set<List<Integer>> seen = new LinkedHashSet<>();
    int stillNeeded = 0;
    for (int i = 0; i < words.size(); i++) {
      boolean isNew = seen.add(Arrays.stream(words.get(i).tokens()).boxed().toList());
      if (isNew || i == words.size() - 1) {
        distinct.add(words.get(i));
        stillNeeded += i < needed ? 1 : 0;
      }
    }
    return new Words(distinct, stillNeeded)
        .representatives()
        .map(
            found -> {
              Map<BitSet, String> shaped = new LinkedHashMap<>(found);
              shaped.keySet().removeIf(accepted -> !accepted.get(distinct.size() - 1));
              return shaped.values();
            });
  }

  private Optional<Access> findFor(String action, List<Statement> speaking) {
    Set<String> variables = new LinkedHashSet<>();
    speaking.forEach(
        statement ->
            statement.resources().entries().forEach(entry -> variables.addAll(entry.variables())));
    if (!variables.isEmpty() && losesDenies(speaking)) {
      gaveUp = Optional.of("a policy variable could have a value that an existing Deny names");
      return Optional.empty();
    }
    Optional<Collection<String>> resources = resources(speaking);
    if (resources.isEmpty()) {
      gaveUp = Optional.of("too many ways to match resources");
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(resources.get());
    all.add("*");
    for (String resource : all) {
      Optional<Access> found = findFor(action, resource, speaking, variables);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// What a variable stands for is one value that nobody names. That proves nothing about Denies of
  /// the others that name resources, since the true value may be among them.
  private boolean losesDenies(List<Statement> speaking) {
    return others
        .statements()
        .filter(statement -> statement.effect() == Effect.DENY && speaking.contains(statement))
        .anyMatch(
            statement ->
                statement.resources().negated()
                    || !statement.resources().entries().stream()
                        .allMatch(ResourcePattern::everything));
  }

  private Optional<Collection<String>> resources(List<Statement> speaking) {
    List<Word> words = new ArrayList<>();
    addWords(allow, words);
    boolean all =
        allow.resources().negated()
            || allow.resources().entries().isEmpty()
            || allow.resources().entries().stream().anyMatch(ResourcePattern::everything);
    int needed = all ? 0 : words.size();
    speaking.forEach(statement -> addWords(statement, words));
    words.add(Word.fields(ArnFields.LAST + 1, true));
    return shaped(words, needed);
  }

  private static void addWords(Statement statement, List<Word> words) {
    for (ResourcePattern pattern : statement.resources().entries()) {
      if (!pattern.everything()) {
        words.add(pattern.word(Optional.of(KeyValues.NEVER_NAMED)));
        if (!pattern.variables().isEmpty()) {
          words.add(pattern.word(Optional.empty()));
        }
      }
    }
  }

  private Optional<Access> findFor(
      String action, String resource, List<Statement> speaking, Set<String> variables) {
    Context.Builder named = Context.builder();
    variables.forEach(key -> named.put(key, KeyValues.NEVER_NAMED));
    Context withVariables = named.build();
    List<Statement> matching =
        speaking.stream()
            .filter(
                statement ->
                    matchesResource(statement, action, resource, withVariables)
                        || matchesResource(statement, action, resource, Context.EMPTY))
            .toList();
    if (!matching.contains(allow)) {
      return Optional.empty();
    }
    Optional<Map<String, List<Optional<Value>>>> keys = keys(matching, variables);
    if (keys.isEmpty()) {
      gaveUp = Optional.of("conditions that cannot be told apart in few enough cases");
      return Optional.empty();
    }
    for (Principal principal : PrincipalCandidates.of(matching, keys.get().keySet())) {
      Access bare = new Access(principal, action, resource, Optional.empty(), Context.EMPTY);
      Optional<Access> found =
          assign(new Assignment(bare, Map.of()), List.copyOf(keys.get().keySet()), keys.get());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean matchesResource(
      Statement statement, String action, String resource, Context context) {
    return statement.resourceMatches(
        question(PrincipalCandidates.NOBODY, action, resource, context));
  }

  /// For each key that plays a part, what it can hold; the keys of `allow` first.
  private Optional<Map<String, List<Optional<Value>>>> keys(
      List<Statement> matching, Set<String> variables) {
    Set<String> names = new LinkedHashSet<>(variables);
    allow.conditions().forEach(condition -> names.add(condition.key()));
    matching.forEach(
        statement -> statement.conditions().forEach(condition -> names.add(condition.key())));
    Map<String, List<Optional<Value>>> keys = new LinkedHashMap<>();
    for (String name : names) {
      List<Condition> conditions =
          matching.stream()
              .flatMap(statement -> statement.conditions().stream())
              .filter(condition -> condition.key().equals(name))
              .distinct()
              .toList();
      boolean variable = variables.contains(name);
      Optional<List<Optional<Value>>> values =
          variable && !conditions.isEmpty() ? Optional.empty() : KeyValues.of(conditions, variable);
      if (values.isEmpty()) {
        return Optional.empty();
      }
      keys.put(name, values.get());
    }
    return Optional.of(keys);
  }

  /// Some keys of a request, decided.
  private record Assignment(Access access, Map<String, Optional<Value>> keys) {
    Optional<Assignment> plus(String key, Optional<Value> value) {
      Map<String, Optional<Value>> all = new LinkedHashMap<>(keys);
      all.put(key, value);
      return PrincipalCandidates.with(access, all).map(changed -> new Assignment(changed, all));
    }
  }

  private Optional<Access> assign(
      Assignment sofar, List<String> keys, Map<String, List<Optional<Value>>> values) {
    if (gaveUp.isPresent() || requests++ > MOST_REQUESTS) {
      gaveUp = gaveUp.or(() -> Optional.of("too many combinations of conditions"));
      return Optional.empty();
    }
    if (keys.isEmpty()) {
      return Optional.of(sofar.access()).filter(this::isSought);
    }
    for (Optional<Value> value : values.getOrDefault(keys.getFirst(), List.of())) {
      Optional<Access> found =
          sofar
              .plus(keys.getFirst(), value)
              .filter(next -> possible(next, keys))
              .flatMap(next -> assign(next, keys.subList(1, keys.size()), values));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Whether `allow` can still match once these keys are decided.
  private boolean possible(Assignment assignment, List<String> keys) {
    Question question = new Question(assignment.access(), false);
    return allow.conditions().stream()
        .filter(condition -> condition.key().equals(keys.getFirst()))
        .allMatch(condition -> condition.holds(question, Effect.ALLOW));
  }

  private boolean isSought(Access access) {
    Question question = new Question(access, false);
    if (allow.match(question) == PrincipalMatch.NONE || !wanted.test(access)) {
      return false;
    }
    Verdict own = within.ask(question);
    if (own.denied().isPresent() || !own.allows()) {
      return false;
    }
    Verdict other = others.ask(question);
    return other.denied().isPresent() || !other.allows();
  }

  private static Question question(
      Principal principal, String action, String resource, Context context) {
    return new Question(new Access(principal, action, resource, Optional.empty(), context), false);
  }
}
