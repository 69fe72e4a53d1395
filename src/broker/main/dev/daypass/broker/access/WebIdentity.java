package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.List;
import java.util.Optional;

/// What a proven token of an identity provider says.
///
/// @param claims the condition keys of the token's claims, for the call that brings it
/// @param tags the tags it gives the session, and `transitiveTagKeys` those that go on
public record WebIdentity(
    Federation federation,
    Context claims,
    List<Tag> tags,
    List<TagKey> transitiveTagKeys,
    Optional<String> sourceIdentity) {
  public WebIdentity {
    tags = List.copyOf(tags);
    transitiveTagKeys = List.copyOf(transitiveTagKeys);
  }
}
