package dev.daypass.policy.lint;

import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What was found so far.
final class Findings {
  private static final Comparator<Finding> IN_ORDER_OF_TEXT =
      Comparator.comparing(
          Finding::position,
          Comparator.comparingInt(Position::line).thenComparingInt(Position::column));

  private final List<Finding> found = new ArrayList<>();

  /// @param about what the issue's sentence speaks of
  void add(Issue issue, Node at, String... about) {
    add(issue, at.json().position(), at.path(), about);
  }

  void add(Issue issue, MalformedPolicy refusal) {
    add(issue, refusal.position(), "", refusal.reason());
  }

  private void add(Issue issue, Position position, String path, String... about) {
    found.add(
        new Finding(issue.kind(), issue.code(), position, path, issue.sentence((Object[]) about)));
  }

  List<Finding> inOrder() {
    return found.stream().sorted(IN_ORDER_OF_TEXT).toList();
  }
}
