package dev.daypass.broker.organizations;

import dev.daypass.wire.organizations.PolicyType;
import java.time.Instant;
import java.util.Optional;

/// A service control policy or a resource control policy.
///
/// @param id `p-…`
/// @param organization absent for the policies that every organization has
record ControlPolicy(
    String id,
    Optional<String> organization,
    PolicyType type,
    String name,
    String description,
    String content,
    Instant createdAt) {

  /// The policy that whatever is in an organization begins with: it allows everything.
  static String full(PolicyType type) {
    return type == PolicyType.RESOURCE_CONTROL_POLICY ? "p-RCPFullAWSAccess" : "p-FullAWSAccess";
  }

  boolean ofAws() {
    return organization.isEmpty();
  }
}
