package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.rolesanywhere.NextToken;
import dev.daypass.wire.rolesanywhere.PageSize;
import dev.daypass.wire.rolesanywhere.ResourceArn;
import dev.daypass.wire.rolesanywhere.ResourceId;
import dev.daypass.wire.rolesanywhere.TagMessages.ListTagsForResource;
import dev.daypass.wire.rolesanywhere.TagMessages.TagResource;
import dev.daypass.wire.rolesanywhere.TagMessages.UntagResource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What callers touch in Roles Anywhere, and the tags on it.
@Singleton
public final class ResourceActions {
  private final PostgresRolesAnywhere resources;
  private final PostgresTags tags;

  ResourceActions(PostgresRolesAnywhere resources, PostgresTags tags) {
    this.resources = resources;
    this.tags = tags;
  }

  /// The trust anchor a call is about. One that is not there has the ARN it would have here.
  public Uni<Target> trustAnchor(Caller caller, ResourceId id) {
    return target(caller, Resource.Kind.TRUST_ANCHOR, id.value());
  }

  /// The profile a call is about.
  public Uni<Target> profile(Caller caller, ResourceId id) {
    return target(caller, Resource.Kind.PROFILE, id.value());
  }

  /// The revocation list a call is about.
  public Uni<Target> crl(Caller caller, ResourceId id) {
    return target(caller, Resource.Kind.CRL, id.value());
  }

  /// The subject a call is about.
  public Uni<Target> subject(Caller caller, ResourceId id) {
    return target(caller, Resource.Kind.SUBJECT, id.value());
  }

  /// AWS: what is made or listed has no ARN to ask about.
  public Uni<Target> any(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  /// The same, for what is made with tags.
  public Uni<Target> made(Caller caller, List<Tag> added) {
    return any(caller).map(target -> target.with(PostgresTags.context(added)));
  }

  private Uni<Target> target(Caller caller, Resource.Kind kind, String id) {
    return resources
        .find(kind, caller.account(), id)
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(
                        () ->
                            Uni.createFrom()
                                .item(
                                    Target.of(
                                        kind.arn(caller.origin().region(), caller.account(), id),
                                        caller.account()))));
  }

  private Uni<Target> target(Resource resource) {
    return tags.of(resource.id())
        .map(own -> Target.tagged(resource.arn(), resource.account(), own));
  }

  /// What an ARN names.
  public Uni<Target> named(Caller caller, ResourceArn arn) {
    return find(caller, arn)
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(
                        () -> Uni.createFrom().item(Target.of(arn.value(), caller.account()))));
  }

  private Uni<Optional<Resource>> find(Caller caller, ResourceArn arn) {
    Arn parsed = Arn.parse(arn.value());
    return Stream.of(Resource.Kind.values())
        .flatMap(
            kind -> kind.id(parsed).map(id -> resources.find(kind, caller.account(), id)).stream())
        .findFirst()
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.filter(resource -> resource.arn().equals(arn.value())));
  }

  private Uni<Resource> get(Caller caller, ResourceArn arn) {
    return find(caller, arn).map(found -> found.orElseThrow(Rows::notFound));
  }

  public Uni<Nothing> tag(Caller caller, TagResource request) {
    return get(caller, request.resourceArn())
        .chain(resource -> tags.put(resource.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagResource request) {
    return get(caller, request.resourceArn())
        .chain(resource -> tags.remove(resource.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<ListTagsForResource.Result> listTags(Caller caller, ListTagsForResource request) {
    return get(caller, request.resourceArn())
        .chain(resource -> tags.list(resource.id()))
        .map(ListTagsForResource.Result::new);
  }

  static Page.Wanted wanted(Optional<NextToken> nextToken, Optional<PageSize> pageSize) {
    return Page.Wanted.of(
        nextToken.map(token -> new Marker(token.value())),
        pageSize.map(size -> new MaxItems(size.value())));
  }
}
