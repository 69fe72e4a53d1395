package dev.daypass.broker.identities;

import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;

/// The control policies that are attached to one target, compiled.
record Controls(PolicySet service, PolicySet resource) {
  PolicySet of(PolicyType type) {
    return type == PolicyType.RESOURCE_CONTROL ? resource : service;
  }
}
