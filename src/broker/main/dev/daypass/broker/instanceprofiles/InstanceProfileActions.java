package dev.daypass.broker.instanceprofiles;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Context;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.InstanceProfileMessages;
import dev.daypass.wire.iam.InstanceProfileMessages.AddRoleToInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.CreateInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.DeleteInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.GetInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.InstanceProfilePage;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfileTags;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfiles;
import dev.daypass.wire.iam.InstanceProfileMessages.ListInstanceProfilesForRole;
import dev.daypass.wire.iam.InstanceProfileMessages.RemoveRoleFromInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.TagInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileMessages.UntagInstanceProfile;
import dev.daypass.wire.iam.InstanceProfileName;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.TagPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What callers can do to instance profiles.
@Singleton
public final class InstanceProfileActions {
  private static final String PASS_ROLE = "iam:PassRole";
  private static final Context TO_MACHINES =
      Context.builder().put("iam:PassedToService", "ec2.amazonaws.com").build();

  private final PostgresInstanceProfiles profiles;
  private final PostgresRoles roles;
  private final RoleActions roleActions;
  private final PostgresTags tags;
  private final Authorizer authorizer;
  private final SecureRandom random;

  InstanceProfileActions(
      PostgresInstanceProfiles profiles,
      PostgresRoles roles,
      RoleActions roleActions,
      PostgresTags tags,
      Authorizer authorizer,
      SecureRandom random) {
    this.profiles = profiles;
    this.roles = roles;
    this.roleActions = roleActions;
    this.tags = tags;
    this.authorizer = authorizer;
    this.random = random;
  }

  /// The profile a call is about. One that is not there has the ARN it would have without a path.
  public Uni<Target> target(Caller caller, InstanceProfileName name) {
    return profiles
        .find(caller.account(), name.value())
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(() -> Uni.createFrom().item(place(caller, "/" + name))));
  }

  private Uni<Target> target(InstanceProfile profile) {
    return tags.of(profile.id()).map(own -> Target.tagged(profile.arn(), profile.account(), own));
  }

  public Uni<Target> created(Caller caller, CreateInstanceProfile request) {
    return Uni.createFrom()
        .item(
            place(caller, pathOf(request) + request.instanceProfileName())
                .with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller, ListInstanceProfiles request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("/");
    return Uni.createFrom().item(place(caller, prefix));
  }

  private static Target place(Caller caller, String pathAndName) {
    return Target.of(
        Arn.iam(caller.account(), "instance-profile" + pathAndName).toString(), caller.account());
  }

  private static String pathOf(CreateInstanceProfile request) {
    return request.path().map(Path::value).orElse("/");
  }

  public Uni<CreateInstanceProfile.Result> create(Caller caller, CreateInstanceProfile request) {
    InstanceProfile profile =
        new InstanceProfile(
            UniqueId.random(UniqueId.Kind.INSTANCE_PROFILE, random),
            caller.account(),
            pathOf(request),
            request.instanceProfileName().value(),
            Optional.empty(),
            caller.origin().time());
    return profiles
        .find(profile.account(), profile.name())
        .invoke(taken -> refuseTaken(taken, profile.name()))
        .chain(() -> profiles.count(profile.account()))
        .invoke(count -> Quota.INSTANCE_PROFILES.check(count + 1))
        .chain(() -> profiles.add(profile))
        .chain(() -> tags.put(profile.id(), request.tags()))
        .map(_ -> profile.onWire(Optional.empty(), request.tags()))
        .map(CreateInstanceProfile.Result::new);
  }

  private static void refuseTaken(Optional<InstanceProfile> taken, String name) {
    if (taken.isPresent()) {
      throw ENTITY_ALREADY_EXISTS.error("Instance Profile %s already exists.".formatted(name));
    }
  }

  public Uni<GetInstanceProfile.Result> get(Caller caller, GetInstanceProfile request) {
    return profile(caller, request.instanceProfileName())
        .chain(
            profile ->
                roleIn(profile)
                    .chain(role -> tags.list(profile.id()).map(own -> profile.onWire(role, own))))
        .map(GetInstanceProfile.Result::new);
  }

  public Uni<InstanceProfilePage> list(Caller caller, ListInstanceProfiles request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("");
    return profiles
        .page(caller.account(), prefix, Page.Wanted.of(request.marker(), request.maxItems()))
        .chain(this::onWire);
  }

  public Uni<InstanceProfilePage> listForRole(Caller caller, ListInstanceProfilesForRole request) {
    return roles
        .get(caller.account(), request.roleName().value())
        .chain(role -> profiles.of(role.id(), Page.Wanted.of(request.marker(), request.maxItems())))
        .chain(this::onWire);
  }

  private Uni<InstanceProfilePage> onWire(Page<InstanceProfile> page) {
    return roles
        .byIds(page.items().stream().flatMap(profile -> profile.roleId().stream()).toList())
        .map(found -> page.map(profile -> profile.listed(profile.roleId().map(found::get))))
        .map(shown -> new InstanceProfilePage(shown.items(), shown.isTruncated(), shown.marker()));
  }

  /// The profiles that these roles are in, as lists show them, by the roles' unique ids.
  public Uni<Map<String, List<InstanceProfileMessages.InstanceProfile>>> withRoles(
      List<Role> within) {
    Map<String, Role> byId =
        within.stream().collect(Collectors.toMap(Role::id, Function.identity()));
    return profiles
        .ofAll(List.copyOf(byId.keySet()))
        .map(
            found ->
                found.stream()
                    .collect(
                        Collectors.groupingBy(
                            profile -> profile.roleId().orElseThrow(),
                            Collectors.mapping(
                                profile -> profile.listed(profile.roleId().map(byId::get)),
                                Collectors.toList()))));
  }

  private Uni<Optional<Role>> roleIn(InstanceProfile profile) {
    return profile
        .roleId()
        .map(roles::byId)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /// Whoever puts a role where machines get it must be allowed to pass it on.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html">PassRole</a>
  public Uni<Nothing> addRole(Caller caller, AddRoleToInstanceProfile request) {
    return roleActions
        .target(caller, request.roleName().value())
        .chain(role -> authorizer.require(caller, PASS_ROLE, role.with(TO_MACHINES)))
        .chain(() -> profile(caller, request.instanceProfileName()))
        .chain(
            profile ->
                roles
                    .modifiable(caller.account(), request.roleName().value())
                    .chain(role -> put(profile, role)))
        .replaceWith(NOTHING);
  }

  private Uni<Void> put(InstanceProfile profile, Role role) {
    Quota.ROLES_PER_INSTANCE_PROFILE.check(profile.roleId().isPresent() ? 2 : 1);
    return profiles.put(profile.id(), role.id());
  }

  public Uni<Nothing> removeRole(Caller caller, RemoveRoleFromInstanceProfile request) {
    return profile(caller, request.instanceProfileName())
        .chain(
            profile ->
                roles
                    .modifiable(caller.account(), request.roleName().value())
                    .invoke(role -> refuseUnlessIn(profile, role))
                    .chain(() -> profiles.empty(profile.id())))
        .replaceWith(NOTHING);
  }

  private static void refuseUnlessIn(InstanceProfile profile, Role role) {
    if (!profile.roleId().equals(Optional.of(role.id()))) {
      throw NO_SUCH_ENTITY.error(
          "Role %s is not associated with instance profile %s."
              .formatted(role.name(), profile.name()));
    }
  }

  public Uni<Nothing> delete(Caller caller, DeleteInstanceProfile request) {
    return profile(caller, request.instanceProfileName())
        .invoke(InstanceProfileActions::refuseFull)
        .call(profile -> tags.removeAll(profile.id()))
        .chain(profile -> profiles.remove(profile.id()))
        .replaceWith(NOTHING);
  }

  private static void refuseFull(InstanceProfile profile) {
    if (profile.roleId().isPresent()) {
      throw DELETE_CONFLICT.error(
          "Cannot delete entity, must remove roles from instance profile first.");
    }
  }

  public Uni<Nothing> tag(Caller caller, TagInstanceProfile request) {
    return profile(caller, request.instanceProfileName())
        .chain(profile -> tags.put(profile.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagInstanceProfile request) {
    return profile(caller, request.instanceProfileName())
        .chain(profile -> tags.remove(profile.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListInstanceProfileTags request) {
    return profile(caller, request.instanceProfileName())
        .chain(
            profile ->
                tags.page(profile.id(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  private Uni<InstanceProfile> profile(Caller caller, InstanceProfileName name) {
    return profiles.get(caller.account(), name.value());
  }
}
