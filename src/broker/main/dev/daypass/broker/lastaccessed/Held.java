package dev.daypass.broker.lastaccessed;

import dev.daypass.policy.Policy;
import dev.daypass.wire.iam.LastAccessedMessages.GrantingPolicy;
import java.util.Optional;

/// A permissions policy that somebody has, and how it is told.
record Held(Policy policy, GrantingPolicy shown) {
  static Held managed(String arn, Policy policy) {
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return new Held(
        policy,
        new GrantingPolicy(name, "MANAGED", Optional.of(arn), Optional.empty(), Optional.empty()));
  }

  static Held inline(Subject.Kind kind, String owner, Policy policy) {
    return new Held(
        policy,
        new GrantingPolicy(
            policy.source(),
            "INLINE",
            Optional.empty(),
            Optional.of(kind.name()),
            Optional.of(owner)));
  }
}
