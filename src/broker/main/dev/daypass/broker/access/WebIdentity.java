package dev.daypass.broker.access;

import dev.daypass.policy.Context;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.List;
import java.util.Optional;

/// What a proven token or assertion of an identity provider says, or a certificate.
///
/// @param claims the condition keys of the token's claims, for the call that brings it
/// @param tags the tags it gives the session, and `transitiveTagKeys` those that go on
/// @param terms more about the session, where there is more to it than a token says
public record WebIdentity(
    Federation federation,
    Context claims,
    List<Tag> tags,
    List<TagKey> transitiveTagKeys,
    Optional<String> sourceIdentity,
    Optional<Terms> terms) {
  /// What a token says.
  public WebIdentity(
      Federation federation,
      Context claims,
      List<Tag> tags,
      List<TagKey> transitiveTagKeys,
      Optional<String> sourceIdentity) {
    this(federation, claims, tags, transitiveTagKeys, sourceIdentity, Optional.empty());
  }

  public WebIdentity {
    tags = List.copyOf(tags);
    transitiveTagKeys = List.copyOf(transitiveTagKeys);
  }
}
