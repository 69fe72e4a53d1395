package dev.daypass.broker.authorizationdetails;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.groups.Group;
import dev.daypass.broker.groups.PostgresGroups;
import dev.daypass.broker.instanceprofiles.InstanceProfileActions;
import dev.daypass.broker.policies.PolicyDetails;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.uses.Uses;
import dev.daypass.wire.iam.AttachedPermissionsBoundary;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.GroupDetail;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.RoleDetail;
import dev.daypass.wire.iam.AuthorizationDetailsMessages.UserDetail;
import dev.daypass.wire.iam.EntityType;
import dev.daypass.wire.iam.InstanceProfileMessages.InstanceProfile;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleMessages.RoleLastUsed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parts of the details, a kind of entity each, a page at a time.
@Singleton
final class Sections {
  private final PostgresUsers users;
  private final PostgresGroups groups;
  private final PostgresRoles roles;
  private final PolicyDetails policies;
  private final InstanceProfileActions profiles;
  private final Uses uses;
  private final Given.Reader given;

  Sections(
      PostgresUsers users,
      PostgresGroups groups,
      PostgresRoles roles,
      PolicyDetails policies,
      InstanceProfileActions profiles,
      Uses uses,
      Given.Reader given) {
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.policies = policies;
    this.profiles = profiles;
    this.uses = uses;
    this.given = given;
  }

  /// What a page has of one kind.
  ///
  /// @param last the key of its last item, if another page of this kind follows
  record Section(List<? extends Record> items, Optional<String> last) {
    static <T> Section of(Page<T> page, List<? extends Record> items, String lastKey) {
      return new Section(items, page.isTruncated() ? Optional.of(lastKey) : Optional.empty());
    }
  }

  /// Up to as many as are wanted. However many that is, a page has some four million characters of
  /// policies at most: AWS, too, may answer with fewer items than there is room for.
  Uni<Section> read(EntityType type, Caller caller, Page.Wanted asked) {
    Page.Wanted wanted = new Page.Wanted(asked.after(), Math.min(asked.size(), most(type)));
    return switch (type) {
      case USER -> users(caller.account(), wanted);
      case GROUP -> groups(caller.account(), wanted);
      case ROLE -> roles(caller.account(), wanted);
      case LOCAL_MANAGED_POLICY -> policies(policies.own(caller.account(), wanted));
      case AWS_MANAGED_POLICY -> policies(policies.usedOfAws(caller.account(), wanted));
    };
  }

  /// By what AWS's quotas let each have: inline policies, and trust policies or versions.
  private static int most(EntityType type) {
    return switch (type) {
      case USER -> 1000;
      case GROUP, ROLE -> 300;
      case LOCAL_MANAGED_POLICY, AWS_MANAGED_POLICY -> 100;
    };
  }

  private static Uni<Section> policies(Uni<PolicyDetails.Details> read) {
    return read.map(found -> Section.of(found.page(), found.shown(), found.last()));
  }

  private Uni<Section> users(String account, Page.Wanted wanted) {
    return users
        .page(account, "", wanted)
        .chain(
            page -> {
              List<String> ids = page.items().stream().map(User::id).toList();
              return given
                  .read(ids)
                  .chain(
                      had ->
                          groups
                              .namesOf(ids)
                              .map(
                                  in ->
                                      Section.of(
                                          page,
                                          page.items().stream()
                                              .map(user -> detail(user, had, in))
                                              .toList(),
                                          last(page.items().stream().map(User::name).toList()))));
            });
  }

  private static UserDetail detail(User user, Given given, Map<String, List<String>> groups) {
    return new UserDetail(
        user.path(),
        user.name(),
        user.id(),
        user.arn(),
        user.createdAt(),
        given.inlineOf(user.id()),
        groups.getOrDefault(user.id(), List.of()),
        given.attachedTo(user.id()),
        user.boundary().map(AttachedPermissionsBoundary::of),
        given.tagsOf(user.id()));
  }

  private Uni<Section> groups(String account, Page.Wanted wanted) {
    return groups
        .page(account, "", wanted)
        .chain(
            page ->
                given
                    .read(page.items().stream().map(Group::id).toList())
                    .map(
                        had ->
                            Section.of(
                                page,
                                page.items().stream().map(group -> detail(group, had)).toList(),
                                last(page.items().stream().map(Group::name).toList()))));
  }

  private static GroupDetail detail(Group group, Given given) {
    return new GroupDetail(
        group.path(),
        group.name(),
        group.id(),
        group.arn(),
        group.createdAt(),
        given.inlineOf(group.id()),
        given.attachedTo(group.id()));
  }

  private Uni<Section> roles(String account, Page.Wanted wanted) {
    return roles
        .page(account, "", wanted)
        .chain(
            page ->
                details(page.items())
                    .map(
                        shown ->
                            Section.of(
                                page,
                                shown,
                                last(page.items().stream().map(Role::name).toList()))));
  }

  private Uni<List<RoleDetail>> details(List<Role> page) {
    List<String> ids = page.stream().map(Role::id).toList();
    return given
        .read(ids)
        .chain(
            had ->
                profiles
                    .withRoles(page)
                    .chain(
                        in ->
                            uses.of(ids)
                                .map(
                                    used ->
                                        page.stream()
                                            .map(role -> detail(role, had, in, used))
                                            .toList())));
  }

  private static RoleDetail detail(
      Role role,
      Given given,
      Map<String, List<InstanceProfile>> profiles,
      Map<String, Uses.Use> uses) {
    Optional<Uses.Use> used = Optional.ofNullable(uses.get(role.id()));
    return new RoleDetail(
        role.path(),
        role.name(),
        role.id(),
        role.arn(),
        role.createdAt(),
        new PolicyText(role.trustPolicy()),
        profiles.getOrDefault(role.id(), List.of()),
        given.inlineOf(role.id()),
        given.attachedTo(role.id()),
        role.boundary().map(AttachedPermissionsBoundary::of),
        given.tagsOf(role.id()),
        new RoleLastUsed(used.map(Uses.Use::at), used.map(Uses.Use::region)));
  }

  /// The key by which the stores go on after the last of these names.
  private static String last(List<String> names) {
    return names.isEmpty() ? "" : names.getLast().toLowerCase(Locale.ROOT);
  }
}
