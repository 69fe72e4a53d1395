package dev.daypass.broker.identities;

import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An account and where it is, without the policies that are in force there.
///
/// @param types the types of policies that are in force in the organization
record StoredAccount(
    String id, boolean closed, Optional<Membership> membership, List<PolicyType> types) {

  /// The roots, units and accounts whose attached policies have a say, from the top. There are none
  /// for the management account.
  List<String> targets() {
    List<String> targets = new ArrayList<>();
    membership
        .filter(is -> !is.managementAccount().equals(id))
        .ifPresent(
            is -> {
              targets.addAll(is.units());
              targets.add(id);
            });
    return targets;
  }

  /// The same with what is in force at each level.
  AccountIdentity under(List<Controls> levels) {
    return new AccountIdentity(
        id,
        closed,
        membership.map(
            is ->
                new Membership(
                    is.organization(),
                    is.managementAccount(),
                    is.units(),
                    is.rootCredentials(),
                    is.rootSessions(),
                    inForce(PolicyType.SERVICE_CONTROL, levels),
                    inForce(PolicyType.RESOURCE_CONTROL, levels))));
  }

  private List<PolicySet> inForce(PolicyType type, List<Controls> levels) {
    return types.contains(type)
        ? levels.stream().map(controls -> controls.of(type)).toList()
        : List.of();
  }
}
