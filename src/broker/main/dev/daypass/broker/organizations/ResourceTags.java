package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.TARGET_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.organizations.UnitMessages.ListTagsForResource;
import dev.daypass.wire.organizations.UnitMessages.TagResource;
import dev.daypass.wire.organizations.UnitMessages.UntagResource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The tags on roots, organizational units, accounts and policies.
@Singleton
public final class ResourceTags {
  private final Organizations guard;
  private final PostgresControlPolicies policies;
  private final PostgresTags tags;

  ResourceTags(Organizations guard, PostgresControlPolicies policies, PostgresTags tags) {
    this.guard = guard;
    this.policies = policies;
    this.tags = tags;
  }

  public Uni<Nothing> tag(Caller caller, TagResource request) {
    return resource(caller, request.resourceId().value())
        .chain(id -> put(id, request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagResource request) {
    return resource(caller, request.resourceId().value())
        .chain(id -> tags.remove(id, request.tagKeys()))
        .replaceWith(NOTHING);
  }

  /// All there are, which is fifty at most: one page.
  public Uni<ListTagsForResource.Result> list(Caller caller, ListTagsForResource request) {
    return resource(caller, request.resourceId().value())
        .chain(tags::list)
        .map(ListTagsForResource.Result::new);
  }

  /// Adds tags, replacing values of keys that are there.
  Uni<Void> put(String id, List<Tag> added) {
    return tags.of(id)
        .invoke(present -> Limit.MAX_TAG_LIMIT_EXCEEDED.check(all(present.keySet(), added).size()))
        .chain(() -> tags.put(id, added));
  }

  private static Set<String> all(Set<String> present, List<Tag> added) {
    Set<String> all = new HashSet<>();
    present.forEach(key -> all.add(key.toLowerCase(Locale.ROOT)));
    added.forEach(tag -> all.add(tag.key().value().toLowerCase(Locale.ROOT)));
    return all;
  }

  Uni<Void> removeAll(String id) {
    return tags.removeAll(id);
  }

  /// What is the caller's organization's own. The policies that every organization has are not.
  private Uni<String> resource(Caller caller, String id) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                id.startsWith("p-") ? policy(organization, id) : place(organization, id))
        .replaceWith(id);
  }

  private Uni<Void> policy(Organization organization, String id) {
    return policies
        .find(organization.id(), id)
        .map(found -> found.orElseThrow(TARGET_NOT_FOUND::error))
        .invoke(
            policy -> {
              if (policy.ofAws()) {
                throw INVALID_INPUT
                    .error("You can't tag a policy that is managed by AWS.")
                    .with("reason", "IMMUTABLE_POLICY");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> place(Organization organization, String id) {
    return guard
        .has(organization, id)
        .invoke(
            there -> {
              if (!there) {
                throw TARGET_NOT_FOUND.error();
              }
            })
        .replaceWithVoid();
  }
}
