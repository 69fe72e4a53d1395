package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;

/// A document as it is written, whether or not it can be used.
record Draft(PolicyType type, String text, Node root) {
  Optional<Node> version() {
    return Optional.ofNullable(root.members().get("Version"));
  }

  /// Whether its version of the language has policy variables.
  boolean hasVariables() {
    return version().flatMap(Node::text).filter("2012-10-17"::equals).isPresent();
  }

  List<DraftStatement> statements() {
    Node statement = root.members().get("Statement");
    return statement == null
        ? List.of()
        : statement.entries().stream()
            .map(node -> new DraftStatement(type, hasVariables(), node))
            .toList();
  }
}
