package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.regex.Pattern;

/// How actions are written, and too many of them.
final class ActionChecks {
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9*?.-]+");
  private static final Pattern NAME = Pattern.compile("[^\\s:]+");

  private ActionChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (String element : List.of("Action", "NotAction")) {
      List<Node> actions = statement.strings(element);
      actions.forEach(action -> written(action, statement.type(), findings));
      Redundancy.within(actions, DraftStatement::folded, Issue.REDUNDANT_ACTION, findings);
    }
    excluded(statement, findings);
    everything(statement, findings);
  }

  private static void written(Node action, PolicyType type, Findings findings) {
    String text = action.text().orElse("");
    if (Wildcards.isEverything(text) || text.contains("${")) {
      return;
    }
    int colon = text.indexOf(':');
    if (colon < 0 || !NAME.matcher(text.substring(colon + 1)).matches()) {
      findings.add(Issue.INVALID_ACTION, action, text);
      return;
    }
    String service = text.substring(0, colon);
    if (!SERVICE.matcher(service).matches()) {
      findings.add(Issue.INVALID_SERVICE_IN_ACTION, action, service);
    }
    // Control policies must not have such names: see GuardrailChecks.
    if (Wildcards.in(service) && !GuardrailChecks.isGuardrail(type)) {
      findings.add(Issue.WILDCARD_IN_SERVICE_NAME, action, text);
    }
  }

  private static void excluded(DraftStatement statement, Findings findings) {
    // A boundary and a control policy are ceilings: leaving out is what they are for.
    if (statement.allows() && !isCeiling(statement.type())) {
      statement
          .find("NotAction")
          .ifPresent(node -> findings.add(Issue.ALLOW_WITH_NOT_ACTION, node));
    }
  }

  private static void everything(DraftStatement statement, Findings findings) {
    if (statement.allows()
        && statement.type() == PolicyType.IDENTITY
        && statement.conditions().isEmpty()
        && statement.texts("Resource").stream().anyMatch(Wildcards::isEverything)) {
      statement.strings("Action").stream()
          .filter(action -> Wildcards.isEverything(action.text().orElse("")))
          .findFirst()
          .ifPresent(action -> findings.add(Issue.STAR_ACTION_WITH_STAR_RESOURCE, action));
    }
  }

  static boolean isCeiling(PolicyType type) {
    return type == PolicyType.PERMISSIONS_BOUNDARY
        || type == PolicyType.SESSION
        || GuardrailChecks.isGuardrail(type);
  }
}
