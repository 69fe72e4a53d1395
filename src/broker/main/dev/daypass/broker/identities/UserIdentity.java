package dev.daypass.broker.identities;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user as the evaluator sees it.
///
/// @param id the unique id, `AIDA…`
/// @param groups unique ids
/// @param boundary the ARN of the permissions boundary
public record UserIdentity(
    String id,
    String account,
    String arn,
    String name,
    Map<String, String> tags,
    Grants grants,
    List<String> groups,
    Optional<String> boundary) {
  public UserIdentity {
    tags = Map.copyOf(tags);
    groups = List.copyOf(groups);
  }
}
