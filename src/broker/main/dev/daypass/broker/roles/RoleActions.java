package dev.daypass.broker.roles;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.documents.Documents;
import dev.daypass.broker.documents.TrustPrincipals;
import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.Boundaries;
import dev.daypass.broker.grants.InlinePolicies;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.uses.Uses;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.MaxSessionDuration;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.RoleMessages.DeleteRole;
import dev.daypass.wire.iam.RoleMessages.GetRole;
import dev.daypass.wire.iam.RoleMessages.ListRoleTags;
import dev.daypass.wire.iam.RoleMessages.ListRoles;
import dev.daypass.wire.iam.RoleMessages.RoleLastUsed;
import dev.daypass.wire.iam.RoleMessages.TagRole;
import dev.daypass.wire.iam.RoleMessages.UntagRole;
import dev.daypass.wire.iam.RoleMessages.UpdateAssumeRolePolicy;
import dev.daypass.wire.iam.RoleMessages.UpdateRole;
import dev.daypass.wire.iam.RoleMessages.UpdateRoleDescription;
import dev.daypass.wire.iam.TagPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What callers can do to roles.
@Singleton
public final class RoleActions {
  private static final int USUAL_LONGEST_SESSION = 3600;

  private final PostgresRoles roles;
  private final PostgresTags tags;
  private final Attachments attachments;
  private final InlinePolicies inlinePolicies;
  private final Boundaries boundaries;
  private final TrustPrincipals principals;
  private final Uses uses;
  private final SecureRandom random;

  RoleActions(
      PostgresRoles roles,
      PostgresTags tags,
      Attachments attachments,
      InlinePolicies inlinePolicies,
      Boundaries boundaries,
      TrustPrincipals principals,
      Uses uses,
      SecureRandom random) {
    this.roles = roles;
    this.tags = tags;
    this.attachments = attachments;
    this.inlinePolicies = inlinePolicies;
    this.boundaries = boundaries;
    this.principals = principals;
    this.uses = uses;
    this.random = random;
  }

  /// The role a call is about. One that is not there has the ARN it would have without a path.
  public Uni<Target> target(Caller caller, String name) {
    return roles
        .find(caller.account(), name)
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(() -> Uni.createFrom().item(place(caller, "/" + name))));
  }

  private Uni<Target> target(Role role) {
    return tags.of(role.id())
        .map(own -> Target.tagged(role.arn(), role.account(), own))
        .map(target -> target.with(Boundaries.context(role.boundary())));
  }

  public Uni<Target> created(Caller caller, CreateRole request) {
    Target place = place(caller, pathOf(request) + request.roleName());
    return Uni.createFrom()
        .item(
            place
                .with(PostgresTags.context(request.tags()))
                .with(Boundaries.context(request.permissionsBoundary().map(PolicyArn::value))));
  }

  public Uni<Target> listed(Caller caller, ListRoles request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("/");
    return Uni.createFrom().item(place(caller, prefix));
  }

  private static Target place(Caller caller, String pathAndName) {
    return Target.of(Arn.iam(caller.account(), "role" + pathAndName).toString(), caller.account());
  }

  public Uni<CreateRole.Result> create(Caller caller, CreateRole request) {
    refuseServiceLinked(pathOf(request));
    Policy trust = trust(request.assumeRolePolicyDocument());
    return refuseTaken(caller.account(), request.roleName().value())
        .chain(() -> roles.count(caller.account()))
        .invoke(count -> Quota.ROLES.check(count + 1))
        .chain(
            () ->
                boundaries.check(
                    caller.account(), request.permissionsBoundary().map(PolicyArn::value)))
        .chain(() -> principals.resolve(trust))
        .map(ids -> newRole(caller, request, ids))
        .call(roles::add)
        .call(role -> tags.put(role.id(), request.tags()))
        .map(role -> new CreateRole.Result(role.created(request.tags())));
  }

  private Role newRole(Caller caller, CreateRole request, Map<String, String> principalIds) {
    return new Role(
        UniqueId.random(UniqueId.Kind.ROLE, random),
        caller.account(),
        pathOf(request),
        request.roleName().value(),
        request.assumeRolePolicyDocument().value(),
        principalIds,
        request.description().map(Description::value),
        Duration.ofSeconds(
            request
                .maxSessionDuration()
                .map(MaxSessionDuration::value)
                .orElse(USUAL_LONGEST_SESSION)),
        request.permissionsBoundary().map(PolicyArn::value),
        caller.origin().time());
  }

  private static Policy trust(PolicyText document) {
    Policy trust = Documents.parse(PolicyType.TRUST, "trust policy", document.value());
    Quota.TRUST_POLICY_SIZE.check(trust.size());
    return trust;
  }

  public Uni<GetRole.Result> get(Caller caller, GetRole request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .chain(
            role ->
                tags.list(role.id())
                    .chain(own -> uses.of(role.id()).map(used -> role.onWire(own, lastUsed(used)))))
        .map(GetRole.Result::new);
  }

  private static RoleLastUsed lastUsed(Optional<Uses.Use> used) {
    return new RoleLastUsed(used.map(Uses.Use::at), used.map(Uses.Use::region));
  }

  public Uni<ListRoles.Result> list(Caller caller, ListRoles request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("");
    return roles
        .page(caller.account(), prefix, Page.Wanted.of(request.marker(), request.maxItems()))
        .map(page -> page.map(Role::listed))
        .map(page -> new ListRoles.Result(page.items(), page.isTruncated(), page.marker()));
  }

  /// What a request leaves out stays as it is.
  public Uni<UpdateRole.Result> update(Caller caller, UpdateRole request) {
    String name = request.roleName().value();
    Uni<Role> found =
        request.maxSessionDuration().isPresent()
            ? roles.modifiable(caller.account(), name)
            : roles.get(caller.account(), name);
    return found
        .map(
            role ->
                role.described(
                    request.description().map(Description::value).or(role::description),
                    request
                        .maxSessionDuration()
                        .map(longest -> Duration.ofSeconds(longest.value()))
                        .orElse(role.longestSession())))
        .chain(roles::update)
        .replaceWith(new UpdateRole.Result());
  }

  public Uni<UpdateRoleDescription.Result> describe(Caller caller, UpdateRoleDescription request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .map(
            role ->
                role.described(Optional.of(request.description().value()), role.longestSession()))
        .call(roles::update)
        .map(role -> new UpdateRoleDescription.Result(role.listed()));
  }

  public Uni<Nothing> updateTrust(Caller caller, UpdateAssumeRolePolicy request) {
    Policy trust = trust(request.policyDocument());
    return roles
        .modifiable(caller.account(), request.roleName().value())
        .chain(
            role ->
                principals
                    .resolve(trust)
                    .map(ids -> role.trusting(request.policyDocument().value(), ids)))
        .chain(roles::update)
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> delete(Caller caller, DeleteRole request) {
    return roles
        .modifiable(caller.account(), request.roleName().value())
        .call(role -> attachments.refuseAttached(role.id()))
        .call(role -> inlinePolicies.refusePresent(role.id()))
        .call(role -> roles.inInstanceProfile(role.id()).invoke(RoleActions::refuseInProfile))
        .call(role -> tags.removeAll(role.id()))
        .chain(role -> roles.remove(role.id()))
        .replaceWith(NOTHING);
  }

  private static void refuseInProfile(boolean inProfile) {
    if (inProfile) {
      throw DELETE_CONFLICT.error(
          "Cannot delete entity, must remove roles from instance profile first.");
    }
  }

  public Uni<Nothing> tag(Caller caller, TagRole request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .chain(role -> tags.put(role.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagRole request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .chain(role -> tags.remove(role.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListRoleTags request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .chain(role -> tags.page(role.id(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  private Uni<Void> refuseTaken(String account, String name) {
    return roles
        .find(account, name)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "Role with name %s already exists.".formatted(name));
              }
            })
        .replaceWithVoid();
  }

  private static void refuseServiceLinked(String path) {
    if (path.startsWith(Role.SERVICE_LINKED)) {
      throw INVALID_INPUT.error(
          "Path prefix '%s' can only be used for AWS Service linked Roles"
              .formatted(Role.SERVICE_LINKED));
    }
  }

  private static String pathOf(CreateRole request) {
    return request.path().map(Path::value).orElse("/");
  }
}
