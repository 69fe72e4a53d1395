package dev.daypass.broker.apply;

import dev.daypass.desired.Desired;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.iam.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Roles in an order in which each comes after those that it trusts. Roles that trust each other in
/// a circle have none; IAM refuses them.
final class TrustOrder {
  private final Map<String, Desired.Role> byArn = new LinkedHashMap<>();
  private final Set<Desired.Role> ordered = new LinkedHashSet<>();
  private final Set<Desired.Role> seen = new LinkedHashSet<>();

  private TrustOrder() {}

  static List<Desired.Role> of(List<Desired.Role> roles, String account) {
    TrustOrder order = new TrustOrder();
    for (Desired.Role role : roles) {
      String path = role.path().map(Path::value).orElse("/");
      order.byArn.put(References.arn(account, Kind.ROLE, path, role.name().value()), role);
    }
    roles.forEach(order::visit);
    return List.copyOf(order.ordered);
  }

  /// As deep as roles trust one another, of which there are no more than an account can have.
  private void visit(Desired.Role role) {
    if (!seen.add(role)) {
      return;
    }
    trusted(role).forEach(arn -> Optional.ofNullable(byArn.get(arn)).ifPresent(this::visit));
    ordered.add(role);
  }

  private static Set<String> trusted(Desired.Role role) {
    try {
      return Policy.parse(PolicyType.TRUST, role.name().value(), role.trustPolicy().value())
          .principalArns();
    } catch (MalformedPolicy _) {
      // It is refused by name when it is saved.
      return Set.of();
    }
  }
}
