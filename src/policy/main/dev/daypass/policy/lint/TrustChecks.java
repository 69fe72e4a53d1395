package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who may assume a role, apart from those who sign in elsewhere: see [ProviderChecks].
final class TrustChecks {
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}|arn:[^:]+:iam::\\d{12}:root");
  private static final Pattern SESSION =
      Pattern.compile("arn:([^:]+):sts::(\\d{12}):assumed-role/([^/]+)/.+");

  /// What tells one caller of an account from another.
  private static final String[] NARROWING = {
    "sts:ExternalId",
    "aws:PrincipalArn",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalTag/",
    "aws:userid",
    "aws:username",
    "aws:MultiFactorAuthPresent",
    "aws:MultiFactorAuthAge",
    "aws:SourceIp"
  };

  /// Keys that come with an action of their own.
  private static final Map<String, String> ACTION_OF_KEY =
      Map.of(
          "aws:RequestTag/", "sts:TagSession",
          "aws:TagKeys", "sts:TagSession",
          "sts:TransitiveTagKeys", "sts:TagSession",
          "sts:SourceIdentity", "sts:SetSourceIdentity",
          "sts:RequestContext/", "sts:SetContext",
          "sts:RequestContextProviders", "sts:SetContext");

  private TrustChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    if (statement.type() != PolicyType.TRUST) {
      return;
    }
    forbidden(statement, findings);
    accounts(statement, findings);
    sessions(statement, findings);
    rolesAnywhere(statement, findings);
  }

  private static void forbidden(DraftStatement statement, Findings findings) {
    for (String element : List.of("Resource", "NotResource")) {
      statement
          .find(element)
          .ifPresent(
              node -> findings.add(Issue.ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE, node, element));
    }
    statement
        .find("NotPrincipal")
        .ifPresent(node -> findings.add(Issue.ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL, node));
    statement
        .find("Principal")
        .filter(node -> node.text().equals(Optional.of("*")))
        .ifPresent(
            node -> findings.add(Issue.ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL, node));
  }

  private static void accounts(DraftStatement statement, Findings findings) {
    if (!statement.allows() || !statement.names("sts:AssumeRole") || statement.looksAt(NARROWING)) {
      return;
    }
    for (Node name : statement.principals("AWS")) {
      String text = name.text().orElse("");
      if (ACCOUNT.matcher(text).matches()) {
        findings.add(Issue.ACCOUNT_WITHOUT_EXTERNAL_ID, name, text);
      }
    }
  }

  private static void sessions(DraftStatement statement, Findings findings) {
    List<Node> names = statement.principals("AWS");
    for (Node name : names) {
      Matcher session = SESSION.matcher(name.text().orElse(""));
      if (session.matches()) {
        names.stream()
            .flatMap(each -> each.text().stream())
            .filter(each -> isRoleOf(each, session))
            .findFirst()
            .ifPresent(
                role ->
                    findings.add(
                        Issue.REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY,
                        name,
                        session.group(),
                        role));
      }
    }
  }

  private static boolean isRoleOf(String arn, Matcher session) {
    return arn.startsWith("arn:%s:iam::%s:role/".formatted(session.group(1), session.group(2)))
        && arn.endsWith("/" + session.group(3));
  }

  /// Tells of keys that no request has, because no statement allows what sets them.
  static void keys(Draft draft, Findings findings) {
    if (draft.type() != PolicyType.TRUST) {
      return;
    }
    for (DraftStatement statement : draft.statements()) {
      for (DraftCondition condition : statement.conditions()) {
        ACTION_OF_KEY.forEach(
            (key, action) -> {
              if (condition.isAbout(key) && !allowed(draft, action)) {
                findings.add(
                    Issue.MISSING_ACTION_FOR_CONDITION_KEY,
                    condition.node(),
                    condition.writtenKey(),
                    action);
              }
            });
      }
    }
  }

  private static boolean allowed(Draft draft, String action) {
    return draft.statements().stream()
        .anyMatch(
            statement ->
                statement.allows() && (statement.has("NotAction") || statement.names(action)));
  }

  private static void rolesAnywhere(DraftStatement statement, Findings findings) {
    if (!statement.allows()) {
      return;
    }
    for (Node name : statement.principals("Service")) {
      if (!name.text().equals(Optional.of("rolesanywhere.amazonaws.com"))) {
        continue;
      }
      List.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity").stream()
          .filter(action -> !statement.names(action))
          .forEach(
              action ->
                  findings.add(Issue.MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY, name, action));
    }
  }
}
