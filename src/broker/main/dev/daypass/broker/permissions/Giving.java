package dev.daypass.broker.permissions;

import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.documents.Documents;
import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.grants.InlinePolicies;
import dev.daypass.broker.grants.Owner;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.PolicyText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Giving policies to users, groups and roles is one deed; what differs is who owns them.
@Singleton
final class Giving {
  private final InlinePolicies inlinePolicies;
  private final Attachments attachments;
  private final Boundaries boundaries;

  Giving(InlinePolicies inlinePolicies, Attachments attachments, Boundaries boundaries) {
    this.inlinePolicies = inlinePolicies;
    this.attachments = attachments;
    this.boundaries = boundaries;
  }

  /// A target, with the managed policy that is attached or detached.
  static Target naming(Target target, PolicyArn policy) {
    return target.with(Context.builder().put("iam:PolicyARN", policy.value()).build());
  }

  static Policy parse(PolicyName name, PolicyText document) {
    return Documents.parse(PolicyType.IDENTITY, name.value(), document.value());
  }

  Uni<Nothing> put(Owner owner, Policy policy) {
    return inlinePolicies.put(owner, policy).replaceWith(NOTHING);
  }

  Uni<PolicyText> get(Owner owner, PolicyName name) {
    return inlinePolicies.get(owner, name.value()).map(PolicyText::new);
  }

  Uni<Nothing> delete(Owner owner, PolicyName name) {
    return inlinePolicies.delete(owner, name.value()).replaceWith(NOTHING);
  }

  Uni<PolicyNamePage> list(Owner owner, Optional<Marker> marker, Optional<MaxItems> maxItems) {
    return inlinePolicies.page(owner, Page.Wanted.of(marker, maxItems));
  }

  Uni<Nothing> attach(Caller caller, Owner owner, PolicyArn policy) {
    return boundaries
        .checkUsable(caller.account(), policy.value())
        .chain(
            () ->
                attachments.attach(
                    owner.id(), policy.value(), owner.kind().attached(), caller.origin().time()))
        .replaceWith(NOTHING);
  }

  Uni<Nothing> detach(Owner owner, PolicyArn policy) {
    return attachments.detach(owner.id(), policy.value()).replaceWith(NOTHING);
  }

  Uni<AttachedPolicyPage> listAttached(
      Owner owner,
      Optional<PolicyPath> pathPrefix,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems) {
    return attachments.page(
        owner.id(), pathPrefix.map(PolicyPath::value).orElse(""), Page.Wanted.of(marker, maxItems));
  }

  Uni<Void> checkBoundary(Caller caller, PolicyArn policy) {
    return boundaries.checkUsable(caller.account(), policy.value());
  }
}
