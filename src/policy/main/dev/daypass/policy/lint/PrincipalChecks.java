package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How principals are written, and too many of them.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">Principal</a>
final class PrincipalChecks {
  private static final Set<String> KINDS = Set.of("AWS", "Service", "Federated", "CanonicalUser");
  private static final int LONGEST = 253;
  private static final Pattern SERVICE = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,124}");
  private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{12,124}");
  private static final Pattern IDENTITY =
      Pattern.compile("arn:[^:]+:(?:iam|sts)::(\\d{12}):(?!root$).+");

  private PrincipalChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (String element : List.of("Principal", "NotPrincipal")) {
      statement.find(element).ifPresent(node -> written(node, findings));
    }
    wildcards(statement, findings);
    references(statement, findings);
    services(statement, findings);
    Redundancy.within(
        statement.principals("AWS"), UnaryOperator.identity(), Issue.REDUNDANT_PRINCIPAL, findings);
    if (statement.type() == PolicyType.RESOURCE) {
      negated(statement, findings);
      unconditionalServices(statement, findings);
    }
    anyone(statement, findings);
  }

  private static void written(Node principal, Findings findings) {
    Map<String, Node> kinds = principal.members();
    if (principal.isArray() && principal.entries().isEmpty()) {
      findings.add(Issue.EMPTY_ARRAY_PRINCIPAL, principal);
    } else if (!principal.isObject() && !principal.text().equals(Optional.of("*"))) {
      findings.add(Issue.INVALID_PRINCIPAL_FORMAT, principal);
    } else if (principal.isObject() && kinds.isEmpty()) {
      findings.add(Issue.EMPTY_OBJECT_PRINCIPAL, principal);
    }
    kinds.forEach((kind, names) -> written(kind, names, findings));
  }

  private static void written(String kind, Node names, Findings findings) {
    if (!KINDS.contains(kind)) {
      findings.add(Issue.INVALID_PRINCIPAL_KEY, names, kind);
    }
    if (names.entries().isEmpty()) {
      findings.add(Issue.EMPTY_ARRAY_PRINCIPAL, names);
    }
    names.entries().stream()
        .filter(name -> name.text().isEmpty())
        .forEach(name -> findings.add(Issue.DATA_TYPE_MISMATCH, name, "a string"));
  }

  private static void wildcards(DraftStatement statement, Findings findings) {
    Stream.concat(
            statement.principals("AWS").stream()
                .filter(name -> !name.text().equals(Optional.of("*"))),
            Stream.of("Service", "Federated").flatMap(kind -> statement.principals(kind).stream()))
        .filter(name -> Wildcards.in(name.text().orElse("")))
        .forEach(
            name ->
                findings.add(
                    Issue.UNSUPPORTED_WILDCARD_IN_PRINCIPAL, name, name.text().orElse("")));
  }

  private static void references(DraftStatement statement, Findings findings) {
    for (Node name : statement.principals("AWS")) {
      String text = name.text().orElse("");
      if (ROLE_ID.matcher(text).matches()) {
        findings.add(Issue.INVALID_ROLE_REFERENCE, name, text);
      } else if (USER_ID.matcher(text).matches()) {
        findings.add(Issue.INVALID_USER_REFERENCE, name, text);
      }
    }
  }

  private static void services(DraftStatement statement, Findings findings) {
    for (Node name : statement.principals("Service")) {
      String text = name.text().orElse("");
      boolean named = text.length() <= LONGEST && SERVICE.matcher(text).matches();
      if (!named && !Wildcards.in(text)) {
        findings.add(Issue.INVALID_SERVICE_PRINCIPAL_FORMAT, name, text);
      }
    }
  }

  private static void negated(DraftStatement statement, Findings findings) {
    if (!statement.has("NotPrincipal")) {
      return;
    }
    if (statement.allows()) {
      statement
          .find("NotPrincipal")
          .ifPresent(node -> findings.add(Issue.ALLOW_WITH_NOT_PRINCIPAL, node));
      return;
    }
    List<Node> names = statement.principals("AWS");
    for (Node name : names) {
      Matcher identity = IDENTITY.matcher(name.text().orElse(""));
      if (identity.matches() && !hasAccount(names, identity.group(1))) {
        findings.add(Issue.DENY_NOT_PRINCIPAL_WITHOUT_ACCOUNT, name, name.text().orElse(""));
      }
    }
  }

  private static boolean hasAccount(List<Node> names, String account) {
    return names.stream()
        .flatMap(name -> name.text().stream())
        .anyMatch(name -> name.equals(account) || name.endsWith("::" + account + ":root"));
  }

  private static void unconditionalServices(DraftStatement statement, Findings findings) {
    boolean narrowed =
        statement.looksAt(
            "aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");
    if (statement.allows() && !narrowed && statement.has("Principal")) {
      statement
          .principals("Service")
          .forEach(
              name ->
                  findings.add(
                      Issue.RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, name, name.text().orElse("")));
    }
  }

  private static void anyone(DraftStatement statement, Findings findings) {
    boolean names = statement.type() == PolicyType.RESOURCE || statement.type() == PolicyType.TRUST;
    if (names && statement.allows() && statement.conditions().isEmpty()) {
      everyone(statement)
          .ifPresent(node -> findings.add(Issue.ALLOW_ANYONE_WITHOUT_CONDITION, node));
    }
  }

  private static Optional<Node> everyone(DraftStatement statement) {
    return Stream.concat(
            statement.strings("Principal").stream(),
            statement.has("Principal")
                ? statement.principals("AWS").stream()
                : Stream.<Node>empty())
        .filter(node -> node.text().equals(Optional.of("*")))
        .findFirst();
  }
}
