package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The document around the statements, and what statements are to each other.
final class DocumentChecks {
  private static final Set<String> ELEMENTS = Set.of("Version", "Id", "Statement");
  private static final Set<String> VERSIONS = Set.of("2008-10-17", "2012-10-17");

  private DocumentChecks() {}

  static void check(Draft draft, Findings findings) {
    if (!draft.root().isObject()) {
      findings.add(Issue.DATA_TYPE_MISMATCH, draft.root(), "an object");
      return;
    }
    elements(draft, findings);
    version(draft, findings);
    statements(draft, findings);
    sids(draft, findings);
    Redundancy.check(draft.statements(), findings);
    PolicySize.check(draft, findings);
  }

  private static void elements(Draft draft, Findings findings) {
    Map<String, Node> members = draft.root().members();
    members.forEach(
        (name, node) -> {
          if (!ELEMENTS.contains(name)) {
            findings.add(Issue.INVALID_POLICY_ELEMENT, node, name);
          }
        });
    Optional.ofNullable(members.get("Id"))
        .filter(id -> id.text().isEmpty())
        .ifPresent(id -> findings.add(Issue.DATA_TYPE_MISMATCH, id, "a string"));
  }

  private static void version(Draft draft, Findings findings) {
    Optional<Node> version = draft.version();
    if (version.isEmpty()) {
      findings.add(Issue.MISSING_VERSION, draft.root());
      return;
    }
    Node node = version.get();
    Optional<String> text = node.text();
    if (text.isEmpty()) {
      findings.add(Issue.DATA_TYPE_MISMATCH, node, "a string");
    } else if (!VERSIONS.contains(text.get())) {
      findings.add(Issue.INVALID_VERSION, node, text.get());
    } else if (!draft.hasVariables()) {
      findings.add(Issue.OLD_VERSION, node);
    }
  }

  private static void statements(Draft draft, Findings findings) {
    if (draft.statements().isEmpty()) {
      Node statement = draft.root().members().get("Statement");
      findings.add(Issue.MISSING_STATEMENT, statement == null ? draft.root() : statement);
    }
    for (DraftStatement statement : draft.statements()) {
      if (!statement.node().isObject()) {
        findings.add(Issue.DATA_TYPE_MISMATCH, statement.node(), "an object");
      }
    }
  }

  private static void sids(Draft draft, Findings findings) {
    // The services behind resource policies differ in this; IAM and Organizations do not.
    boolean free = draft.type() == PolicyType.RESOURCE;
    Set<String> seen = new HashSet<>();
    for (Node sid : draft.statements().stream().flatMap(s -> s.find("Sid").stream()).toList()) {
      String text = sid.text().orElse("");
      if (!text.isEmpty() && !seen.add(text)) {
        findings.add(free ? Issue.UNIQUE_SIDS_RECOMMENDED : Issue.UNIQUE_SIDS_REQUIRED, sid, text);
      }
    }
  }
}
