package dev.daypass.broker.groups;

import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.grants.Attachments;
import dev.daypass.broker.grants.InlinePolicies;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.GroupMessages.AddUserToGroup;
import dev.daypass.wire.iam.GroupMessages.CreateGroup;
import dev.daypass.wire.iam.GroupMessages.DeleteGroup;
import dev.daypass.wire.iam.GroupMessages.GetGroup;
import dev.daypass.wire.iam.GroupMessages.GroupPage;
import dev.daypass.wire.iam.GroupMessages.ListGroups;
import dev.daypass.wire.iam.GroupMessages.ListGroupsForUser;
import dev.daypass.wire.iam.GroupMessages.RemoveUserFromGroup;
import dev.daypass.wire.iam.GroupMessages.UpdateGroup;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;

/// What callers can do to groups.
@Singleton
public final class GroupActions {
  private final PostgresGroups groups;
  private final PostgresUsers users;
  private final Attachments attachments;
  private final InlinePolicies inlinePolicies;
  private final SecureRandom random;

  GroupActions(
      PostgresGroups groups,
      PostgresUsers users,
      Attachments attachments,
      InlinePolicies inlinePolicies,
      SecureRandom random) {
    this.groups = groups;
    this.users = users;
    this.attachments = attachments;
    this.inlinePolicies = inlinePolicies;
    this.random = random;
  }

  /// The group a call is about. One that is not there has the ARN it would have without a path.
  public Uni<Target> target(Caller caller, String name) {
    return groups
        .find(caller.account(), name)
        .map(found -> found.map(Group::arn).orElseGet(() -> arn(caller, "/" + name)))
        .map(arn -> Target.of(arn, caller.account()));
  }

  /// Where a group is to be, or where groups are listed.
  public Uni<Target> place(Caller caller, String pathAndName) {
    return Uni.createFrom().item(Target.of(arn(caller, pathAndName), caller.account()));
  }

  private static String arn(Caller caller, String pathAndName) {
    return Arn.iam(caller.account(), "group" + pathAndName).toString();
  }

  public Uni<CreateGroup.Result> create(Caller caller, CreateGroup request) {
    Group group =
        new Group(
            UniqueId.random(UniqueId.Kind.GROUP, random),
            caller.account(),
            request.path().map(Path::value).orElse("/"),
            request.groupName().value(),
            caller.origin().time());
    return refuseTaken(group.account(), group.name())
        .chain(() -> groups.count(group.account()))
        .invoke(count -> Quota.GROUPS.check(count + 1))
        .chain(() -> groups.add(group))
        .map(_ -> new CreateGroup.Result(group.onWire()));
  }

  public Uni<GetGroup.Result> get(Caller caller, GetGroup request) {
    return groups
        .get(caller.account(), request.groupName().value())
        .chain(group -> withMembers(group, request));
  }

  private Uni<GetGroup.Result> withMembers(Group group, GetGroup request) {
    return users
        .inGroup(group.id(), Page.Wanted.of(request.marker(), request.maxItems()))
        .map(page -> page.map(User::listed))
        .map(
            page ->
                new GetGroup.Result(
                    group.onWire(), page.items(), page.isTruncated(), page.marker()));
  }

  public Uni<GroupPage> list(Caller caller, ListGroups request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("");
    return groups
        .page(caller.account(), prefix, Page.Wanted.of(request.marker(), request.maxItems()))
        .map(GroupActions::onWire);
  }

  public Uni<GroupPage> listForUser(Caller caller, ListGroupsForUser request) {
    return users
        .get(caller.account(), request.userName().value())
        .chain(user -> groups.of(user.id(), Page.Wanted.of(request.marker(), request.maxItems())))
        .map(GroupActions::onWire);
  }

  private static GroupPage onWire(Page<Group> page) {
    return new GroupPage(page.map(Group::onWire).items(), page.isTruncated(), page.marker());
  }

  public Uni<Nothing> update(Caller caller, UpdateGroup request) {
    return groups
        .get(caller.account(), request.groupName().value())
        .call(group -> refuseTakenByAnother(group, request))
        .map(group -> renamed(group, request))
        .chain(groups::update)
        .replaceWith(NOTHING);
  }

  private Uni<Void> refuseTakenByAnother(Group group, UpdateGroup request) {
    return request
        .newGroupName()
        .filter(name -> !name.value().equalsIgnoreCase(group.name()))
        .map(name -> refuseTaken(group.account(), name.value()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private static Group renamed(Group group, UpdateGroup request) {
    return new Group(
        group.id(),
        group.account(),
        request.newPath().map(Path::value).orElse(group.path()),
        request.newGroupName().map(name -> name.value()).orElse(group.name()),
        group.createdAt());
  }

  public Uni<Nothing> delete(Caller caller, DeleteGroup request) {
    return groups
        .get(caller.account(), request.groupName().value())
        .call(group -> attachments.refuseAttached(group.id()))
        .call(group -> inlinePolicies.refusePresent(group.id()))
        .call(group -> groups.memberCount(group.id()).invoke(GroupActions::refuseMembers))
        .chain(group -> groups.remove(group.id()))
        .replaceWith(NOTHING);
  }

  private static void refuseMembers(long members) {
    if (members > 0) {
      throw DELETE_CONFLICT.error("Cannot delete entity, must remove users from group first.");
    }
  }

  private record Membership(Group group, User user) {}

  public Uni<Nothing> addUser(Caller caller, AddUserToGroup request) {
    return membership(caller, request.groupName().value(), request.userName().value())
        .call(
            member ->
                groups
                    .groupIds(member.user().id())
                    .invoke(
                        ids -> {
                          long others =
                              ids.stream().filter(id -> !id.equals(member.group().id())).count();
                          Quota.GROUPS_PER_USER.check(others + 1);
                        }))
        .chain(
            member -> groups.join(member.group().id(), member.user().id(), caller.origin().time()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> removeUser(Caller caller, RemoveUserFromGroup request) {
    return membership(caller, request.groupName().value(), request.userName().value())
        .chain(member -> groups.leave(member.group().id(), member.user().id()))
        .invoke(left -> refuseUnlessLeft(left, request))
        .replaceWith(NOTHING);
  }

  private static void refuseUnlessLeft(int left, RemoveUserFromGroup request) {
    if (left == 0) {
      throw NO_SUCH_ENTITY.error(
          "User %s not in group %s".formatted(request.userName(), request.groupName()));
    }
  }

  private Uni<Membership> membership(Caller caller, String group, String user) {
    return groups
        .get(caller.account(), group)
        .chain(found -> users.get(caller.account(), user).map(of -> new Membership(found, of)));
  }

  private Uni<Void> refuseTaken(String account, String name) {
    return groups
        .find(account, name)
        .map(Optional::isPresent)
        .invoke(
            taken -> {
              if (taken) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "Group with name %s already exists.".formatted(name));
              }
            })
        .replaceWithVoid();
  }
}
