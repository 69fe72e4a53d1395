package dev.daypass.policy;

import java.util.List;

/// Finds the statements of a large set that could match a question: by action first, then by a rare
/// piece of the resource. Whom it names is still asked; whom it leaves out cannot match.
final class StatementIndex {
  private final ActionIndex actions;
  private final ResourceIndex resources;

  StatementIndex(List<Statement> statements) {
    this.actions = new ActionIndex(statements);
    this.resources = new ResourceIndex(statements);
  }

  /// A bit for each statement, in their order.
  long[] candidates(Question question) {
    long[] byAction = actions.candidates(question.action());
    long[] byResource = resources.candidates(question.resource().text());
    for (int i = 0; i < byAction.length; i++) {
      byAction[i] &= byResource[i];
    }
    return byAction;
  }
}
