package dev.daypass.policy;

import java.util.List;
import java.util.stream.Stream;

/// One statement, compiled.
///
/// @param principals whom it speaks of; in policies that name none, everyone
/// @param resources empty where the policy belongs to the resource and names none
record Statement(
    StatementId id,
    Effect effect,
    PrincipalElement principals,
    Element<ActionPattern> actions,
    Element<ResourcePattern> resources,
    List<Condition> conditions) {

  /// Action or NotAction, Resource or NotResource.
  record Element<T>(boolean negated, List<T> entries) {
    Element {
      entries = List.copyOf(entries);
    }
  }

  Statement {
    conditions = List.copyOf(conditions);
  }

  /// What it says, whatever it is called and wherever it stands: two statements of one signature
  /// match the same requests.
  String signature() {
    return effect
        + principals.toString()
        + (actions.negated() ? "NotAction" : "Action")
        + sorted(actions.entries().stream().map(ActionPattern::written))
        + (resources.negated() ? "NotResource" : "Resource")
        + sorted(resources.entries().stream().map(ResourcePattern::signature))
        + sorted(conditions.stream().map(Condition::signature));
  }

  private static List<String> sorted(Stream<String> texts) {
    return texts.sorted().toList();
  }

  /// How the statement takes the principal in, if everything else about the request matches too.
  PrincipalMatch match(Question question) {
    if (!actionMatches(question) || !resourceMatches(question)) {
      return PrincipalMatch.NONE;
    }
    PrincipalMatch match = principalMatch(question);
    return match != PrincipalMatch.NONE && conditionsHold(question) ? match : PrincipalMatch.NONE;
  }

  PrincipalMatch principalMatch(Question question) {
    // AWS: a Deny with NotPrincipal hits whoever has a permissions boundary, named or not.
    boolean spared = effect == Effect.ALLOW || !question.bounded();
    return principals.match(question.access().principal(), spared);
  }

  boolean actionMatches(Question question) {
    for (ActionPattern entry : actions.entries()) {
      if (entry.matches(question.action())) {
        return !actions.negated();
      }
    }
    return actions.negated();
  }

  boolean resourceMatches(Question question) {
    if (resources.entries().isEmpty()) {
      return true;
    }
    for (ResourcePattern entry : resources.entries()) {
      if (entry.matches(question)) {
        return !resources.negated();
      }
    }
    // A NotResource that cannot be told must not widen an Allow, nor narrow a Deny.
    return resources.negated() && (effect == Effect.DENY || !unresolved(question));
  }

  private boolean unresolved(Question question) {
    return resources.entries().stream().anyMatch(entry -> entry.unresolved(question));
  }

  boolean conditionsHold(Question question) {
    for (Condition condition : conditions) {
      if (!condition.holds(question, effect)) {
        return false;
      }
    }
    return true;
  }
}
