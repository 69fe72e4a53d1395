package dev.daypass.policy;

import dev.daypass.policy.Context.Value;
import dev.daypass.policy.Explanation.Change;
import dev.daypass.policy.Explanation.Edit;
import dev.daypass.policy.Explanation.KeyValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What would turn a refusal into an allowance: found by asking again, with one thing otherwise.
final class Counterfactuals {
  private static final int MOST_TRIES = 512;
  private static final int MOST_CHANGES = 5;
  private static final int MOST_EDITS = 64;

  private final Policies policies;
  private final Access access;
  private int tries;

  Counterfactuals(Policies policies, Access access) {
    this.policies = policies;
    this.access = access;
  }

  /// The smallest first: one key, several keys, the policies themselves.
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    List<Condition> conditions = conditions();
    for (Map.Entry<String, String> key : keys(conditions).entrySet()) {
      for (Optional<String> value : values(key.getKey(), conditions)) {
        KeyValue wanted = new KeyValue(key.getValue(), value);
        if (changes.size() < MOST_CHANGES && turns(List.of(wanted))) {
          changes.add(new Change.Request(List.of(wanted)));
          break;
        }
      }
    }
    if (changes.isEmpty()) {
      several().ifPresent(changes::add);
    }
    edits().ifPresent(changes::add);
    return changes;
  }

  /// Of all statements that would match, were it not for their conditions, and of those that do.
  private List<Condition> conditions() {
    return concerned().flatMap(statement -> statement.conditions().stream()).toList();
  }

  private Stream<Statement> concerned() {
    Question question = policies.question(access);
    return policies
        .sets()
        .flatMap(PolicySet::statements)
        .filter(statement -> statement.actionMatches(question))
        .filter(statement -> statement.resourceMatches(question))
        .filter(statement -> statement.principalMatch(question) != PrincipalMatch.NONE);
  }

  /// The keys in lower case, and as the first who names them spells them.
  private static Map<String, String> keys(List<Condition> conditions) {
    Map<String, String> keys = new LinkedHashMap<>();
    conditions.forEach(condition -> keys.putIfAbsent(condition.key(), condition.name()));
    return keys;
  }

  /// Values that its conditions could tell apart, and absence last.
  private Set<Optional<String>> values(String key, List<Condition> conditions) {
    Set<Optional<String>> values = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      if (condition.key().equals(key)) {
        values.addAll(values(condition));
      }
    }
    values.add(Optional.empty());
    return values;
  }

  private Set<Optional<String>> values(Condition condition) {
    Set<Optional<String>> values = new LinkedHashSet<>();
    if (condition.operator() == Operator.NULL) {
      values.add(Optional.of("any value"));
      return values;
    }
    Question question = policies.question(access);
    for (Template value : condition.values()) {
      value
          .text(question)
          .ifPresent(
              text ->
                  condition
                      .operator()
                      .comparison()
                      .samples()
                      .apply(text)
                      .forEach(sample -> values.add(Optional.of(sample))));
    }
    return values;
  }

  private boolean turns(List<KeyValue> wanted) {
    return tries++ < MOST_TRIES && policies.decide(with(wanted)).allowed();
  }

  private Access with(List<KeyValue> wanted) {
    Context context = access.context();
    for (KeyValue keyValue : wanted) {
      context =
          keyValue.value().isEmpty()
              ? context.without(keyValue.key())
              : context.with(one(keyValue.key(), keyValue.value().get()));
    }
    return new Access(
        access.principal(), access.action(), access.resource(), access.resourceAccount(), context);
  }

  private Context one(String key, String value) {
    return access.context().find(key).orElse(null) instanceof Value.Multiple
        ? Context.builder().putAll(key, List.of(value)).build()
        : Context.builder().put(key, value).build();
  }

  /// All that keeps one Allow from matching, or lets a Deny match, together.
  private Optional<Change> several() {
    return concerned()
        .filter(statement -> statement.effect() == Effect.ALLOW)
        .flatMap(statement -> together(statement).stream())
        .map(this::evadingDenies)
        .filter(this::turns)
        .findFirst()
        .map(Change.Request::new);
  }

  /// Adds what keeps each Deny from matching, one after the other.
  private List<KeyValue> evadingDenies(List<KeyValue> wanted) {
    List<KeyValue> all = new ArrayList<>(wanted);
    for (int i = 0; i < MOST_CHANGES; i++) {
      if (!(policies.decide(with(all)) instanceof Decision.ExplicitlyDenied(_, var by))) {
        return all;
      }
      concerned()
          .filter(statement -> statement.id().equals(by))
          .flatMap(statement -> evasion(statement, all).stream())
          .findFirst()
          .ifPresent(all::add);
    }
    return all;
  }

  private Optional<KeyValue> evasion(Statement deny, List<KeyValue> sofar) {
    return deny.conditions().stream()
        .flatMap(
            condition ->
                values(condition.key(), deny.conditions()).stream()
                    .map(value -> new KeyValue(condition.name(), value)))
        .filter(
            change -> {
              List<KeyValue> all = new ArrayList<>(sofar);
              all.add(change);
              return !deny.conditionsHold(policies.question(with(all)));
            })
        .findFirst();
  }

  private Optional<List<KeyValue>> together(Statement statement) {
    List<KeyValue> wanted = new ArrayList<>();
    for (Condition condition : statement.conditions()) {
      if (!holds(condition, wanted)) {
        Optional<KeyValue> change =
            values(condition.key(), statement.conditions()).stream()
                .map(value -> new KeyValue(condition.name(), value))
                .filter(each -> holds(condition, List.of(each)))
                .findFirst();
        if (change.isEmpty()) {
          return Optional.empty();
        }
        wanted.add(change.get());
      }
    }
    return Optional.of(wanted);
  }

  private boolean holds(Condition condition, List<KeyValue> wanted) {
    return condition.holds(policies.question(with(wanted)), Effect.ALLOW);
  }

  /// What would have to be done to the policies, one obstacle after the other.
  private Optional<Change> edits() {
    List<Edit> edits = new ArrayList<>();
    Policies edited = policies;
    Decision decision = edited.decide(access);
    while (!decision.allowed()) {
      if (edits.size() == MOST_EDITS) {
        return Optional.empty();
      }
      switch (decision) {
        case Decision.ExplicitlyDenied(var type, var by) -> {
          edits.add(new Edit.RemoveDeny(type, by));
          edited = new Edited(edited).without(by);
        }
        case Decision.ImplicitlyDenied(var type) -> {
          edits.add(new Edit.AddAllow(type));
          edited = new Edited(edited).allowing(type);
        }
        case Decision.Allowed _ -> throw new AssertionError("the loop ends with this");
      }
      decision = edited.decide(access);
    }
    return Optional.of(new Change.OfPolicies(edits));
  }
}
