package dev.daypass.broker.authorizationdetails;

import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.InlinePolicies;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.PolicyDetail;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicy;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// What the users, groups or roles of one page were given, read for all of them at once.
///
/// @param inline texts of policies, by owner and then by name
record Given(
    Map<String, Map<String, String>> inline,
    Map<String, List<AttachedPolicy>> attached,
    Map<String, List<Tag>> tags) {

  List<PolicyDetail> inlineOf(String id) {
    return inline.getOrDefault(id, Map.of()).entrySet().stream()
        .map(policy -> new PolicyDetail(policy.getKey(), new PolicyText(policy.getValue())))
        .toList();
  }

  List<AttachedPolicy> attachedTo(String id) {
    return attached.getOrDefault(id, List.of());
  }

  List<Tag> tagsOf(String id) {
    return tags.getOrDefault(id, List.of());
  }

  /// Reads it.
  @Singleton
  static final class Reader {
    private final InlinePolicies inlinePolicies;
    private final Attachments attachments;
    private final PostgresTags tags;

    Reader(InlinePolicies inlinePolicies, Attachments attachments, PostgresTags tags) {
      this.inlinePolicies = inlinePolicies;
      this.attachments = attachments;
      this.tags = tags;
    }

    Uni<Given> read(List<String> ids) {
      return inlinePolicies
          .of(ids)
          .chain(
              inline ->
                  attachments
                      .of(ids)
                      .chain(
                          attached -> tags.of(ids).map(own -> new Given(inline, attached, own))));
    }
  }
}
