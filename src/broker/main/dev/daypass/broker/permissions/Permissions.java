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
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicyPage;
import dev.daypass.wire.iam.PermissionMessages.PolicyNamePage;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.PolicyText;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// What callers can give to owners of one kind, and take away. Giving to a user, a group or a role
/// is one deed; what differs is who they are.
public final class Permissions {
  private final Owners owners;
  private final InlinePolicies inlinePolicies;
  private final Attachments attachments;
  private final Boundaries boundaries;

  /// Users, groups or roles.
  interface Owners {
    /// The one of this name; `NoSuchEntity` where there is none.
    Uni<Owner> get(String account, String name);

    /// The same, to be changed; `UnmodifiableEntity` where nobody may.
    Uni<Owner> modifiable(String account, String name);

    /// What a call on the one of this name touches.
    Uni<Target> target(Caller caller, String name);
  }

  Permissions(
      Owners owners,
      InlinePolicies inlinePolicies,
      Attachments attachments,
      Boundaries boundaries) {
    this.owners = owners;
    this.inlinePolicies = inlinePolicies;
    this.attachments = attachments;
    this.boundaries = boundaries;
  }

  /// The owner that a managed policy is attached to or detached from.
  public Uni<Target> target(Caller caller, String owner, PolicyArn policy) {
    Context naming = Context.builder().put("iam:PolicyARN", policy.value()).build();
    return owners.target(caller, owner).map(target -> target.with(naming));
  }

  public Uni<Nothing> put(Caller caller, String owner, PolicyName name, PolicyText document) {
    Policy policy = Documents.parse(PolicyType.IDENTITY, name.value(), document.value());
    return owners
        .modifiable(caller.account(), owner)
        .chain(found -> inlinePolicies.put(found, policy))
        .replaceWith(NOTHING);
  }

  /// A policy that an owner has, both named as they were made.
  public record Inline(String owner, String name, PolicyText document) {}

  public Uni<Inline> get(Caller caller, String owner, PolicyName name) {
    return owners
        .get(caller.account(), owner)
        .chain(
            found ->
                inlinePolicies
                    .get(found, name.value())
                    .map(text -> new Inline(found.name(), name.value(), new PolicyText(text))));
  }

  public Uni<Nothing> delete(Caller caller, String owner, PolicyName name) {
    return owners
        .modifiable(caller.account(), owner)
        .chain(found -> inlinePolicies.delete(found, name.value()))
        .replaceWith(NOTHING);
  }

  public Uni<PolicyNamePage> list(Caller caller, String owner, Page.Wanted wanted) {
    return owners.get(caller.account(), owner).chain(found -> inlinePolicies.page(found, wanted));
  }

  public Uni<Nothing> attach(Caller caller, String owner, PolicyArn policy) {
    return owners
        .modifiable(caller.account(), owner)
        .call(() -> boundaries.checkUsable(caller.account(), policy.value()))
        .chain(
            found ->
                attachments.attach(
                    found.id(), policy.value(), found.kind().attached(), caller.origin().time()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> detach(Caller caller, String owner, PolicyArn policy) {
    return owners
        .modifiable(caller.account(), owner)
        .chain(found -> attachments.detach(found.id(), policy.value()))
        .replaceWith(NOTHING);
  }

  public Uni<AttachedPolicyPage> listAttached(
      Caller caller, String owner, Optional<PolicyPath> pathPrefix, Page.Wanted wanted) {
    return owners
        .get(caller.account(), owner)
        .chain(
            found ->
                attachments.page(found.id(), pathPrefix.map(PolicyPath::value).orElse(""), wanted));
  }
}
