package dev.daypass.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Policies of one type that have their say together, such as all that are attached to a user:
/// compiled once, asked often. Immutable.
///
/// An answer costs what the statements cost that could match, not all there are: large sets have an
/// index ([StatementIndex]).
public final class PolicySet {
  /// Up to here, asking all is as fast as finding out whom to ask.
  private static final int SMALL = 8;

  private static final PolicySet EMPTY = new PolicySet(List.of());

  private final List<Policy> policies;
  private final Statement[] statements;
  private final Optional<StatementIndex> index;

  private PolicySet(List<Policy> policies) {
    this.policies = List.copyOf(policies);
    this.statements =
        policies.stream().flatMap(policy -> policy.statements().stream()).toArray(Statement[]::new);
    this.index =
        statements.length <= SMALL
            ? Optional.empty()
            : Optional.of(new StatementIndex(List.of(statements)));
  }

  public static PolicySet of(List<Policy> policies) {
    return policies.isEmpty() ? EMPTY : new PolicySet(policies);
  }

  public static PolicySet of(Policy... policies) {
    return of(List.of(policies));
  }

  public List<Policy> policies() {
    return policies;
  }

  /// The same with only some of its statements.
  PolicySet keeping(Predicate<Statement> kept) {
    return of(policies.stream().map(policy -> policy.keeping(kept)).toList());
  }

  Stream<Statement> statements() {
    return Arrays.stream(statements);
  }

  Verdict ask(Question question) {
    Verdict verdict = new Verdict();
    if (index.isEmpty()) {
      for (int i = 0; i < statements.length && !verdict.settled(); i++) {
        verdict.hear(statements[i], question);
      }
      return verdict;
    }
    long[] candidates = index.get().candidates(question);
    for (int word = 0; word < candidates.length; word++) {
      for (long bits = candidates[word]; bits != 0 && !verdict.settled(); bits &= bits - 1) {
        verdict.hear(statements[word * Long.SIZE + Long.numberOfTrailingZeros(bits)], question);
      }
    }
    return verdict;
  }
}
