package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Service control policies and resource control policies.
///
/// @see <a
///   href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html">RCP
///   syntax</a>
final class GuardrailChecks {
  /// What services that act on their own behalf do not have.
  private static final Set<String> OF_IDENTITIES =
      Set.of(
          "aws:principalarn",
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:userid",
          "aws:username");

  /// What only services have.
  private static final Set<String> OF_SERVICES =
      Set.of("aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount", "aws:sourcearn");

  private GuardrailChecks() {}

  static boolean isGuardrail(PolicyType type) {
    return type == PolicyType.SERVICE_CONTROL || type == PolicyType.RESOURCE_CONTROL;
  }

  static void check(DraftStatement statement, Findings findings) {
    if (statement.type() == PolicyType.SERVICE_CONTROL) {
      nobody(statement, findings);
      services(statement, Issue.SCP_SYNTAX_ERROR_WILDCARD_IN_SERVICE_NAME_OF_ACTION, findings);
    }
    if (statement.type() == PolicyType.RESOURCE_CONTROL) {
      everyone(statement, findings);
      allow(statement, findings);
      actions(statement, findings);
      related(statement, findings);
    }
  }

  private static void nobody(DraftStatement statement, Findings findings) {
    for (String element : List.of("Principal", "NotPrincipal")) {
      statement
          .find(element)
          .ifPresent(node -> findings.add(Issue.SCP_SYNTAX_ERROR_PRINCIPAL, node));
    }
  }

  private static void services(DraftStatement statement, Issue issue, Findings findings) {
    for (String element : List.of("Action", "NotAction")) {
      for (Node action : statement.strings(element)) {
        String text = action.text().orElse("");
        if (text.contains(":") && Wildcards.in(text.split(":", 2)[0])) {
          findings.add(issue, action, text);
        }
      }
    }
  }

  private static void everyone(DraftStatement statement, Findings findings) {
    statement
        .find("Principal")
        .filter(node -> !node.text().equals(Optional.of("*")))
        .ifPresent(node -> findings.add(Issue.RCP_SYNTAX_ERROR_PRINCIPAL, node));
    statement
        .find("NotPrincipal")
        .ifPresent(node -> findings.add(Issue.RCP_SYNTAX_ERROR_PRINCIPAL, node));
  }

  private static void allow(DraftStatement statement, Findings findings) {
    boolean all = statement.texts("Resource").equals(List.of("*"));
    if (statement.allows() && (!all || statement.has("Condition"))) {
      findings.add(Issue.RCP_SYNTAX_ERROR_ALLOW, statement.node());
    }
  }

  private static void actions(DraftStatement statement, Findings findings) {
    statement
        .find("NotAction")
        .ifPresent(node -> findings.add(Issue.RCP_SYNTAX_ERROR_NOTACTION, node));
    services(statement, Issue.RCP_SYNTAX_ERROR_ACTION, findings);
    if (statement.denies()) {
      statement.strings("Action").stream()
          .filter(action -> Wildcards.isEverything(action.text().orElse("")))
          .forEach(action -> findings.add(Issue.RCP_SYNTAX_ERROR_ACTION, action, "*"));
    }
  }

  private static void related(DraftStatement statement, Findings findings) {
    if (!statement.denies()) {
      return;
    }
    boolean told = statement.looksAt("aws:PrincipalIsAWSService");
    for (DraftCondition condition : statement.conditions()) {
      if (OF_IDENTITIES.contains(condition.key()) && !told) {
        tell(Issue.RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY, condition, findings);
      }
      if (!OF_SERVICES.contains(condition.key()) || condition.isOf(ValueType.NULL)) {
        continue;
      }
      if (!told) {
        tell(Issue.RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY, condition, findings);
      }
      if (condition.negated() && !asksForSource(statement)) {
        tell(Issue.RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK, condition, findings);
      }
    }
  }

  private static boolean asksForSource(DraftStatement statement) {
    return statement.conditions().stream()
        .filter(condition -> condition.isOf(ValueType.NULL))
        .anyMatch(
            condition ->
                condition.isAbout("aws:SourceAccount") || condition.isAbout("aws:SourceArn"));
  }

  private static void tell(Issue issue, DraftCondition condition, Findings findings) {
    findings.add(issue, condition.node(), condition.writtenKey());
  }
}
