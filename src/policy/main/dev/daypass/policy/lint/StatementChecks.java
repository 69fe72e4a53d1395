package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which elements a statement has, and that they are of the kind they must be.
final class StatementChecks {
  private static final Set<String> ELEMENTS =
      Set.of(
          "Sid",
          "Effect",
          "Principal",
          "NotPrincipal",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Condition");
  private static final Pattern SID = Pattern.compile("[A-Za-z0-9]*");

  private StatementChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    unknown(statement, findings);
    missing(statement, findings);
    effect(statement, findings);
    sid(statement, findings);
    combined(statement, findings);
    forbidden(statement, findings);
    strings(statement, findings);
    empty(statement, findings);
  }

  private static void unknown(DraftStatement statement, Findings findings) {
    statement
        .elements()
        .forEach(
            (name, node) -> {
              if (!ELEMENTS.contains(name)) {
                findings.add(Issue.INVALID_POLICY_ELEMENT, node, name);
              }
            });
  }

  private static void missing(DraftStatement statement, Findings findings) {
    PolicyType type = statement.type();
    if (!statement.has("Effect")) {
      findings.add(Issue.MISSING_EFFECT, statement.node());
    }
    if (!statement.has("Action") && !statement.has("NotAction")) {
      findings.add(Issue.MISSING_ACTION, statement.node());
    }
    if (type.needsResource() && !statement.has("Resource") && !statement.has("NotResource")) {
      findings.add(Issue.MISSING_RESOURCE, statement.node());
    }
    if (type.namesPrincipals() && !statement.has("Principal") && !statement.has("NotPrincipal")) {
      findings.add(Issue.MISSING_PRINCIPAL, statement.node());
    }
  }

  private static void effect(DraftStatement statement, Findings findings) {
    statement
        .find("Effect")
        .filter(node -> node.text().isPresent() && !statement.allows() && !statement.denies())
        .ifPresent(node -> findings.add(Issue.INVALID_EFFECT, node, node.text().orElse("")));
  }

  private static void sid(DraftStatement statement, Findings findings) {
    Optional<Node> sid = statement.find("Sid").filter(node -> node.text().isPresent());
    String text = sid.flatMap(Node::text).orElse("");
    if (sid.isPresent() && text.isEmpty()) {
      findings.add(Issue.EMPTY_SID_VALUE, sid.get());
    }
    if (statement.type() != PolicyType.RESOURCE && !SID.matcher(text).matches()) {
      findings.add(Issue.UNSUPPORTED_SID, sid.orElse(statement.node()), text);
    }
  }

  private static void combined(DraftStatement statement, Findings findings) {
    for (String element : List.of("Action", "Resource", "Principal")) {
      statement
          .find("Not" + element)
          .filter(_ -> statement.has(element))
          .ifPresent(
              node ->
                  findings.add(
                      Issue.UNSUPPORTED_ELEMENT_COMBINATION, node, element, "Not" + element));
    }
  }

  private static void forbidden(DraftStatement statement, Findings findings) {
    PolicyType type = statement.type();
    // What a service control policy is told about this stands in GuardrailChecks.
    if (type.namesPrincipals() || type == PolicyType.SERVICE_CONTROL) {
      return;
    }
    for (String element : List.of("Principal", "NotPrincipal")) {
      statement
          .find(element)
          .ifPresent(node -> findings.add(Issue.UNSUPPORTED_PRINCIPAL, node, type.noun()));
    }
  }

  private static void strings(DraftStatement statement, Findings findings) {
    for (String element : List.of("Sid", "Effect")) {
      statement
          .find(element)
          .filter(node -> node.text().isEmpty())
          .ifPresent(node -> findings.add(Issue.DATA_TYPE_MISMATCH, node, "a string"));
    }
    for (String element : List.of("Action", "NotAction", "Resource", "NotResource")) {
      statement.find(element).stream()
          .flatMap(node -> node.entries().stream())
          .filter(entry -> entry.text().isEmpty())
          .forEach(entry -> findings.add(Issue.DATA_TYPE_MISMATCH, entry, "a string"));
    }
    statement
        .find("Condition")
        .filter(node -> !node.isObject())
        .ifPresent(node -> findings.add(Issue.DATA_TYPE_MISMATCH, node, "an object"));
  }

  private static void empty(DraftStatement statement, Findings findings) {
    emptyArray(statement, List.of("Action", "NotAction"), Issue.EMPTY_ARRAY_ACTION, findings);
    emptyArray(statement, List.of("Resource", "NotResource"), Issue.EMPTY_ARRAY_RESOURCE, findings);
    statement
        .find("Condition")
        .filter(node -> node.isObject() && node.members().isEmpty())
        .ifPresent(node -> findings.add(Issue.EMPTY_OBJECT_CONDITION, node));
  }

  private static void emptyArray(
      DraftStatement statement, List<String> elements, Issue issue, Findings findings) {
    elements.stream()
        .flatMap(element -> statement.find(element).stream())
        .filter(node -> node.entries().isEmpty())
        .forEach(node -> findings.add(issue, node));
  }
}
