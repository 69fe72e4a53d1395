package dev.daypass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Policies as they would be with one edit.
record Edited(Policies policies) {
  private static final String ALLOW_ALL =
      """
      {"Version": "2012-10-17", "Statement":
        {"Effect": "Allow", %s"Action": "*", "Resource": "*"}}
      """;

  /// Without this statement, wherever it stands.
  Policies without(StatementId statement) {
    UnaryOperator<PolicySet> edit = set -> set.keeping(each -> !each.id().equals(statement));
    return new Policies(
        edit.apply(policies.identity()),
        policies.boundary().map(edit),
        policies.session().map(edit),
        policies.resource().map(edit),
        policies.serviceControl().stream().map(edit).toList(),
        policies.resourceControl().stream().map(edit).toList());
  }

  /// With policies of this type that allow everything.
  Policies allowing(PolicyType type) {
    return new Policies(
        type == PolicyType.IDENTITY ? plus(policies.identity(), type) : policies.identity(),
        type == PolicyType.PERMISSIONS_BOUNDARY
            ? plus(policies.boundary(), type)
            : policies.boundary(),
        type == PolicyType.SESSION ? plus(policies.session(), type) : policies.session(),
        type == PolicyType.RESOURCE || type == PolicyType.TRUST
            ? plus(policies.resource(), PolicyType.RESOURCE)
            : policies.resource(),
        levels(policies.serviceControl(), type == PolicyType.SERVICE_CONTROL, type),
        levels(policies.resourceControl(), type == PolicyType.RESOURCE_CONTROL, type));
  }

  private static List<PolicySet> levels(List<PolicySet> levels, boolean edit, PolicyType type) {
    return edit ? levels.stream().map(level -> plus(level, type)).toList() : levels;
  }

  private static Optional<PolicySet> plus(Optional<PolicySet> set, PolicyType type) {
    return Optional.of(plus(set.orElseGet(() -> PolicySet.of(List.of())), type));
  }

  private static PolicySet plus(PolicySet set, PolicyType type) {
    List<Policy> policies = new ArrayList<>(set.policies());
    String principal = type.namesPrincipals() ? "\"Principal\": \"*\", " : "";
    policies.add(Policy.parse(type, "an added policy", ALLOW_ALL.formatted(principal)));
    return PolicySet.of(policies);
  }
}
