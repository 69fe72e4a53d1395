package dev.daypass.policy;

import java.util.List;

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

  /// How the statement takes the principal in, if everything else about the request matches too.
  PrincipalMatch match(Question question) {
    if (!actionMatches(question) || !resourceMatches(question)) {
      return PrincipalMatch.NONE;
    }
    // AWS: a Deny with NotPrincipal hits whoever has a permissions boundary, named or not.
    boolean spared = effect == Effect.ALLOW || !question.bounded();
    PrincipalMatch match = principals.match(question.access().principal(), spared);
    return match != PrincipalMatch.NONE && conditionsHold(question) ? match : PrincipalMatch.NONE;
  }

  boolean actionMatches(Question question) {
    return actions.negated()
        != actions.entries().stream().anyMatch(entry -> entry.matches(question.action()));
  }

  boolean resourceMatches(Question question) {
    if (resources.entries().isEmpty()) {
      return true;
    }
    boolean any = resources.entries().stream().anyMatch(entry -> entry.matches(question));
    if (!resources.negated()) {
      return any;
    }
    // A NotResource that cannot be told must not widen an Allow, nor narrow a Deny.
    boolean unclear = resources.entries().stream().anyMatch(entry -> entry.unresolved(question));
    return !any && (!unclear || effect == Effect.DENY);
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
