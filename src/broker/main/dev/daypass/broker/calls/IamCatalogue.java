package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.groups.GroupActions;
import dev.daypass.broker.keys.AccessKeyActions;
import dev.daypass.broker.logins.LoginProfileActions;
import dev.daypass.broker.mfa.DeviceActions;
import dev.daypass.broker.permissions.GroupPermissionActions;
import dev.daypass.broker.permissions.RolePermissionActions;
import dev.daypass.broker.permissions.UserPermissionActions;
import dev.daypass.broker.policies.PolicyActions;
import dev.daypass.broker.policies.PolicyEntityActions;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import dev.daypass.wire.iam.CredentialMessages.ChangePassword;
import dev.daypass.wire.iam.CredentialMessages.CreateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.CreateLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.DeleteAccessKey;
import dev.daypass.wire.iam.CredentialMessages.DeleteLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.GetAccessKeyLastUsed;
import dev.daypass.wire.iam.CredentialMessages.GetLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.ListAccessKeys;
import dev.daypass.wire.iam.CredentialMessages.UpdateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.UpdateLoginProfile;
import dev.daypass.wire.iam.DeviceMessages.CreateVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeactivateMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeleteVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.EnableMFADevice;
import dev.daypass.wire.iam.DeviceMessages.GetMFADevice;
import dev.daypass.wire.iam.DeviceMessages.ListMFADevices;
import dev.daypass.wire.iam.DeviceMessages.ListVirtualMFADevices;
import dev.daypass.wire.iam.DeviceMessages.ResyncMFADevice;
import dev.daypass.wire.iam.GroupMessages.AddUserToGroup;
import dev.daypass.wire.iam.GroupMessages.CreateGroup;
import dev.daypass.wire.iam.GroupMessages.DeleteGroup;
import dev.daypass.wire.iam.GroupMessages.GetGroup;
import dev.daypass.wire.iam.GroupMessages.ListGroups;
import dev.daypass.wire.iam.GroupMessages.ListGroupsForUser;
import dev.daypass.wire.iam.GroupMessages.RemoveUserFromGroup;
import dev.daypass.wire.iam.GroupMessages.UpdateGroup;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.PermissionMessages.AttachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.AttachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.DeleteUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.DetachUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.GetRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.GetUserPolicy;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListAttachedUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListGroupPolicies;
import dev.daypass.wire.iam.PermissionMessages.ListRolePolicies;
import dev.daypass.wire.iam.PermissionMessages.ListUserPolicies;
import dev.daypass.wire.iam.PermissionMessages.PutGroupPolicy;
import dev.daypass.wire.iam.PermissionMessages.PutRolePermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutRolePolicy;
import dev.daypass.wire.iam.PermissionMessages.PutUserPermissionsBoundary;
import dev.daypass.wire.iam.PermissionMessages.PutUserPolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicy;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.GetPolicy;
import dev.daypass.wire.iam.PolicyMessages.GetPolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.ListEntitiesForPolicy;
import dev.daypass.wire.iam.PolicyMessages.ListPolicies;
import dev.daypass.wire.iam.PolicyMessages.ListPolicyTags;
import dev.daypass.wire.iam.PolicyMessages.ListPolicyVersions;
import dev.daypass.wire.iam.PolicyMessages.SetDefaultPolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.TagPolicy;
import dev.daypass.wire.iam.PolicyMessages.UntagPolicy;
import dev.daypass.wire.iam.RoleMessages.CreateRole;
import dev.daypass.wire.iam.RoleMessages.DeleteRole;
import dev.daypass.wire.iam.RoleMessages.GetRole;
import dev.daypass.wire.iam.RoleMessages.ListRoleTags;
import dev.daypass.wire.iam.RoleMessages.ListRoles;
import dev.daypass.wire.iam.RoleMessages.TagRole;
import dev.daypass.wire.iam.RoleMessages.UntagRole;
import dev.daypass.wire.iam.RoleMessages.UpdateAssumeRolePolicy;
import dev.daypass.wire.iam.RoleMessages.UpdateRole;
import dev.daypass.wire.iam.RoleMessages.UpdateRoleDescription;
import dev.daypass.wire.iam.UserMessages.CreateUser;
import dev.daypass.wire.iam.UserMessages.DeleteUser;
import dev.daypass.wire.iam.UserMessages.GetUser;
import dev.daypass.wire.iam.UserMessages.ListUserTags;
import dev.daypass.wire.iam.UserMessages.ListUsers;
import dev.daypass.wire.iam.UserMessages.TagUser;
import dev.daypass.wire.iam.UserMessages.UntagUser;
import dev.daypass.wire.iam.UserMessages.UpdateUser;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The actions of IAM. A row says what it reads or writes, what it touches, and who does it.
@Singleton
final class IamCatalogue {
  private final UserActions users;
  private final GroupActions groups;
  private final RoleActions roles;
  private final PolicyActions policies;
  private final PolicyEntityActions entities;
  private final UserPermissionActions userPermissions;
  private final GroupPermissionActions groupPermissions;
  private final RolePermissionActions rolePermissions;
  private final AccessKeyActions keys;
  private final LoginProfileActions logins;
  private final DeviceActions devices;

  IamCatalogue(
      UserActions users,
      GroupActions groups,
      RoleActions roles,
      PolicyActions policies,
      PolicyEntityActions entities,
      UserPermissionActions userPermissions,
      GroupPermissionActions groupPermissions,
      RolePermissionActions rolePermissions,
      AccessKeyActions keys,
      LoginProfileActions logins,
      DeviceActions devices) {
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.policies = policies;
    this.entities = entities;
    this.userPermissions = userPermissions;
    this.groupPermissions = groupPermissions;
    this.rolePermissions = rolePermissions;
    this.keys = keys;
    this.logins = logins;
    this.devices = devices;
  }

  List<Action<?, ?>> actions() {
    return Stream.of(users(), groups(), roles(), policies(), credentials())
        .flatMap(List::stream)
        .toList();
  }

  private List<Action<?, ?>> users() {
    return List.of(
        read(GetUser.class, (c, r) -> users.target(c, r.userName()), users::get),
        read(ListUsers.class, users::listed, users::list),
        read(ListUserTags.class, (c, r) -> users.target(c, r.userName().value()), users::listTags),
        read(
            GetUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::get),
        read(
            ListUserPolicies.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::list),
        read(
            ListAttachedUserPolicies.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::listAttached),
        write(CreateUser.class, users::created, users::create),
        write(UpdateUser.class, (c, r) -> users.target(c, r.userName().value()), users::update),
        write(DeleteUser.class, (c, r) -> users.target(c, r.userName().value()), users::delete),
        write(
            TagUser.class,
            (c, r) ->
                users
                    .target(c, r.userName().value())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            users::tag),
        write(
            UntagUser.class,
            (c, r) ->
                users
                    .target(c, r.userName().value())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            users::untag),
        write(
            PutUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::put),
        write(
            DeleteUserPolicy.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::delete),
        write(
            AttachUserPolicy.class,
            (c, r) -> userPermissions.target(c, r.userName().value(), r.policyArn()),
            userPermissions::attach),
        write(
            DetachUserPolicy.class,
            (c, r) -> userPermissions.target(c, r.userName().value(), r.policyArn()),
            userPermissions::detach),
        write(
            PutUserPermissionsBoundary.class,
            userPermissions::bounded,
            userPermissions::putBoundary),
        write(
            DeleteUserPermissionsBoundary.class,
            (c, r) -> users.target(c, r.userName().value()),
            userPermissions::deleteBoundary));
  }

  private List<Action<?, ?>> groups() {
    return List.of(
        read(GetGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::get),
        read(
            ListGroups.class,
            (c, r) -> groups.place(c, r.pathPrefix().map(PathPrefix::value).orElse("/")),
            groups::list),
        read(
            ListGroupsForUser.class,
            (c, r) -> users.target(c, r.userName().value()),
            groups::listForUser),
        read(
            GetGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groupPermissions::get),
        read(
            ListGroupPolicies.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groupPermissions::list),
        read(
            ListAttachedGroupPolicies.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groupPermissions::listAttached),
        write(
            CreateGroup.class,
            (c, r) -> groups.place(c, r.path().map(Path::value).orElse("/") + r.groupName()),
            groups::create),
        write(UpdateGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::update),
        write(DeleteGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::delete),
        write(
            AddUserToGroup.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groups::addUser),
        write(
            RemoveUserFromGroup.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groups::removeUser),
        write(
            PutGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groupPermissions::put),
        write(
            DeleteGroupPolicy.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groupPermissions::delete),
        write(
            AttachGroupPolicy.class,
            (c, r) -> groupPermissions.target(c, r.groupName().value(), r.policyArn()),
            groupPermissions::attach),
        write(
            DetachGroupPolicy.class,
            (c, r) -> groupPermissions.target(c, r.groupName().value(), r.policyArn()),
            groupPermissions::detach));
  }

  private List<Action<?, ?>> roles() {
    return List.of(
        read(GetRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::get),
        read(ListRoles.class, roles::listed, roles::list),
        read(ListRoleTags.class, (c, r) -> roles.target(c, r.roleName().value()), roles::listTags),
        read(
            GetRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::get),
        read(
            ListRolePolicies.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::list),
        read(
            ListAttachedRolePolicies.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::listAttached),
        write(CreateRole.class, roles::created, roles::create),
        write(UpdateRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::update),
        write(
            UpdateRoleDescription.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            roles::describe),
        write(
            UpdateAssumeRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            roles::updateTrust),
        write(DeleteRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::delete),
        write(
            TagRole.class,
            (c, r) ->
                roles
                    .target(c, r.roleName().value())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            roles::tag),
        write(
            UntagRole.class,
            (c, r) ->
                roles
                    .target(c, r.roleName().value())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            roles::untag),
        write(
            PutRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::put),
        write(
            DeleteRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::delete),
        write(
            AttachRolePolicy.class,
            (c, r) -> rolePermissions.target(c, r.roleName().value(), r.policyArn()),
            rolePermissions::attach),
        write(
            DetachRolePolicy.class,
            (c, r) -> rolePermissions.target(c, r.roleName().value(), r.policyArn()),
            rolePermissions::detach),
        write(
            PutRolePermissionsBoundary.class,
            rolePermissions::bounded,
            rolePermissions::putBoundary),
        write(
            DeleteRolePermissionsBoundary.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            rolePermissions::deleteBoundary));
  }

  private List<Action<?, ?>> policies() {
    return List.of(
        read(GetPolicy.class, (c, r) -> policies.target(c, r.policyArn()), policies::get),
        read(ListPolicies.class, policies::listed, policies::list),
        read(
            GetPolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::getVersion),
        read(
            ListPolicyVersions.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::listVersions),
        read(ListPolicyTags.class, (c, r) -> policies.target(c, r.policyArn()), policies::listTags),
        read(
            ListEntitiesForPolicy.class,
            (c, r) -> policies.target(c, r.policyArn()),
            entities::list),
        write(CreatePolicy.class, policies::created, policies::create),
        write(DeletePolicy.class, (c, r) -> policies.target(c, r.policyArn()), policies::delete),
        write(
            CreatePolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::createVersion),
        write(
            SetDefaultPolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::setDefault),
        write(
            DeletePolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::deleteVersion),
        write(
            TagPolicy.class,
            (c, r) ->
                policies.target(c, r.policyArn()).map(t -> t.with(PostgresTags.context(r.tags()))),
            policies::tag),
        write(
            UntagPolicy.class,
            (c, r) ->
                policies
                    .target(c, r.policyArn())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            policies::untag));
  }

  private List<Action<?, ?>> credentials() {
    return List.of(
        read(ListAccessKeys.class, (c, r) -> users.target(c, r.userName()), keys::list),
        read(GetAccessKeyLastUsed.class, keys::owner, keys::lastUsed),
        read(GetLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::get),
        read(GetMFADevice.class, (c, r) -> devices.target(c, r.serialNumber()), devices::get),
        read(ListMFADevices.class, (c, r) -> users.target(c, r.userName()), devices::list),
        read(ListVirtualMFADevices.class, (c, r) -> devices.listed(c), devices::listVirtual),
        write(CreateAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::create),
        write(UpdateAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::update),
        write(DeleteAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::delete),
        write(CreateLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::create),
        write(
            UpdateLoginProfile.class,
            (c, r) -> users.target(c, r.userName().value()),
            logins::update),
        write(DeleteLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::delete),
        write(ChangePassword.class, (c, r) -> users.target(c, Optional.empty()), logins::change),
        write(CreateVirtualMFADevice.class, devices::created, devices::create),
        write(
            EnableMFADevice.class,
            (c, r) -> users.target(c, r.userName().value()),
            devices::enable),
        write(
            ResyncMFADevice.class,
            (c, r) -> users.target(c, r.userName().value()),
            devices::resync),
        write(
            DeactivateMFADevice.class,
            (c, r) -> users.target(c, r.userName()),
            devices::deactivate),
        write(
            DeleteVirtualMFADevice.class,
            (c, r) -> devices.target(c, r.serialNumber()),
            devices::delete));
  }

  private static <I extends Request<R>, R> Action<I, R> read(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(
        Service.IAM, type, false, new Action.Permission.Policies<>(target), handler);
  }

  private static <I extends Request<R>, R> Action<I, R> write(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(Service.IAM, type, true, new Action.Permission.Policies<>(target), handler);
  }
}
