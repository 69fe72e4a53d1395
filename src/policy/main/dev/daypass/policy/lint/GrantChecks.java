package dev.daypass.policy.lint;

import dev.daypass.policy.PolicyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Three permissions that are dangerous for too many roles.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html">Passing
///   roles</a>
final class GrantChecks {
  private static final Set<String> ANY_ROLE = Set.of("*", "role*", "role/*");
  private static final Set<String> ANY_SERVICE_ROLE =
      Set.of("*", "role*", "role/*", "role/aws-service-role/*");

  /// How an action comes to be allowed, in the order of the issues below.
  private enum Way {
    NAMED,
    BY_PATTERN,
    NOT_EXCLUDED
  }

  private static final List<Issue> PASS_ROLE_WITH_STAR =
      List.of(
          Issue.PASS_ROLE_WITH_STAR_IN_RESOURCE,
          Issue.PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE,
          Issue.PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION);
  private static final List<Issue> PASS_ROLE_WITH_NOT =
      List.of(
          Issue.PASS_ROLE_WITH_NOT_RESOURCE,
          Issue.PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
          Issue.PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE);
  private static final List<Issue> CREATE_SLR_WITH_STAR =
      List.of(
          Issue.CREATE_SLR_WITH_STAR_IN_RESOURCE,
          Issue.CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE,
          Issue.CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION);
  private static final List<Issue> CREATE_SLR_WITH_NOT =
      List.of(
          Issue.CREATE_SLR_WITH_NOT_RESOURCE,
          Issue.CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
          Issue.CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE);

  private GrantChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    if (!statement.allows() || statement.type() != PolicyType.IDENTITY) {
      return;
    }
    passRole(statement, findings);
    createServiceLinkedRole(statement, findings);
    assumeRole(statement, findings);
  }

  private static void passRole(DraftStatement statement, Findings findings) {
    Optional<Way> way = way(statement, "iam:PassRole");
    if (way.isEmpty()) {
      return;
    }
    if (!statement.looksAt("iam:PassedToService")) {
      star(statement, ANY_ROLE)
          .ifPresent(node -> findings.add(PASS_ROLE_WITH_STAR.get(way.get().ordinal()), node));
    }
    statement
        .find("NotResource")
        .ifPresent(node -> findings.add(PASS_ROLE_WITH_NOT.get(way.get().ordinal()), node));
  }

  private static void createServiceLinkedRole(DraftStatement statement, Findings findings) {
    Optional<Way> way = way(statement, "iam:CreateServiceLinkedRole");
    if (way.isEmpty()) {
      return;
    }
    if (!statement.looksAt("iam:AWSServiceName")) {
      star(statement, ANY_SERVICE_ROLE)
          .ifPresent(node -> findings.add(CREATE_SLR_WITH_STAR.get(way.get().ordinal()), node));
    }
    statement
        .find("NotResource")
        .ifPresent(node -> findings.add(CREATE_SLR_WITH_NOT.get(way.get().ordinal()), node));
  }

  private static void assumeRole(DraftStatement statement, Findings findings) {
    boolean meant =
        statement.texts("Action").stream()
            .map(DraftStatement::folded)
            .anyMatch(
                action -> action.startsWith("sts:") && Wildcards.covers(action, "sts:assumerole"));
    if (meant && statement.conditions().isEmpty()) {
      star(statement, ANY_ROLE)
          .ifPresent(node -> findings.add(Issue.ASSUME_ROLE_WITH_STAR_IN_RESOURCE, node));
    }
  }

  private static Optional<Way> way(DraftStatement statement, String action) {
    if (statement.texts("Action").stream().anyMatch(action::equalsIgnoreCase)) {
      return Optional.of(Way.NAMED);
    }
    if (statement.names(action)) {
      return Optional.of(Way.BY_PATTERN);
    }
    boolean excluded =
        statement.texts("NotAction").stream()
            .anyMatch(
                pattern ->
                    Wildcards.covers(
                        DraftStatement.folded(pattern), DraftStatement.folded(action)));
    return statement.has("NotAction") && !excluded
        ? Optional.of(Way.NOT_EXCLUDED)
        : Optional.empty();
  }

  /// The resource that stands for too many, if one does.
  private static Optional<Node> star(DraftStatement statement, Set<String> tails) {
    return statement.strings("Resource").stream()
        .filter(node -> isStar(node.text().orElse(""), tails))
        .findFirst();
  }

  private static boolean isStar(String resource, Set<String> tails) {
    String[] fields = resource.split(":", 6);
    return Wildcards.isEverything(resource)
        || (fields.length == 6 && Wildcards.covers(fields[2], "iam") && tails.contains(fields[5]));
  }
}
