package dev.daypass.cli;

import dev.daypass.policy.PolicyType;

/// A type of policy as people write it on the command line.
enum PolicyKind {
  identity(PolicyType.IDENTITY),
  trust(PolicyType.TRUST),
  resource(PolicyType.RESOURCE),
  boundary(PolicyType.PERMISSIONS_BOUNDARY),
  session(PolicyType.SESSION),
  scp(PolicyType.SERVICE_CONTROL),
  rcp(PolicyType.RESOURCE_CONTROL);

  private final PolicyType type;

  PolicyKind(PolicyType type) {
    this.type = type;
  }

  PolicyType type() {
    return type;
  }
}
