package dev.daypass.broker.identities;

import dev.daypass.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A role as the evaluator sees it.
///
/// @param id the unique id, `AROA…`
/// @param trust who may assume it
/// @param boundary the ARN of the permissions boundary
public record RoleIdentity(
    String id,
    String account,
    String arn,
    String name,
    Map<String, String> tags,
    Grants grants,
    Policy trust,
    Duration longestSession,
    Optional<String> boundary) {
  public RoleIdentity {
    tags = Map.copyOf(tags);
  }
}
