package dev.daypass.broker.calls;

import dev.daypass.broker.accounts.AccountActions;
import dev.daypass.broker.groups.GroupActions;
import dev.daypass.broker.policies.PolicyActions;
import dev.daypass.broker.policies.PolicyEntityActions;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.iam.AccountMessages.CreateAccountAlias;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountAlias;
import dev.daypass.wire.iam.AccountMessages.GetAccountSummary;
import dev.daypass.wire.iam.AccountMessages.ListAccountAliases;
import dev.daypass.wire.iam.AccountMessages.SetSecurityTokenServicePreferences;
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
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/// The actions of IAM. A row says what it reads or writes, what it touches, and who does it.
@Singleton
final class IamCatalogue implements CatalogueSection {
  private final UserActions users;
  private final GroupActions groups;
  private final RoleActions roles;
  private final PolicyActions policies;
  private final PolicyEntityActions entities;
  private final AccountActions accounts;

  IamCatalogue(
      UserActions users,
      GroupActions groups,
      RoleActions roles,
      PolicyActions policies,
      PolicyEntityActions entities,
      AccountActions accounts) {
    this.users = users;
    this.groups = groups;
    this.roles = roles;
    this.policies = policies;
    this.entities = entities;
    this.accounts = accounts;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return Stream.of(users(), groups(), roles(), policies(), accounts())
        .flatMap(List::stream)
        .toList();
  }

  private List<Action<?, ?>> users() {
    return List.of(
        Action.read(GetUser.class, (c, r) -> users.target(c, r.userName()), users::get),
        Action.read(ListUsers.class, users::listed, users::list),
        Action.read(
            ListUserTags.class, (c, r) -> users.target(c, r.userName().value()), users::listTags),
        Action.write(CreateUser.class, users::created, users::create),
        Action.write(
            UpdateUser.class, (c, r) -> users.target(c, r.userName().value()), users::update),
        Action.write(
            DeleteUser.class, (c, r) -> users.target(c, r.userName().value()), users::delete),
        Action.write(
            TagUser.class,
            (c, r) ->
                users
                    .target(c, r.userName().value())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            users::tag),
        Action.write(
            UntagUser.class,
            (c, r) ->
                users
                    .target(c, r.userName().value())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            users::untag));
  }

  private List<Action<?, ?>> groups() {
    return List.of(
        Action.read(GetGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::get),
        Action.read(
            ListGroups.class,
            (c, r) -> groups.place(c, r.pathPrefix().map(PathPrefix::value).orElse("/")),
            groups::list),
        Action.read(
            ListGroupsForUser.class,
            (c, r) -> users.target(c, r.userName().value()),
            groups::listForUser),
        Action.write(
            CreateGroup.class,
            (c, r) -> groups.place(c, r.path().map(Path::value).orElse("/") + r.groupName()),
            groups::create),
        Action.write(
            UpdateGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::update),
        Action.write(
            DeleteGroup.class, (c, r) -> groups.target(c, r.groupName().value()), groups::delete),
        Action.write(
            AddUserToGroup.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groups::addUser),
        Action.write(
            RemoveUserFromGroup.class,
            (c, r) -> groups.target(c, r.groupName().value()),
            groups::removeUser));
  }

  private List<Action<?, ?>> roles() {
    return List.of(
        Action.read(GetRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::get),
        Action.read(ListRoles.class, roles::listed, roles::list),
        Action.read(
            ListRoleTags.class, (c, r) -> roles.target(c, r.roleName().value()), roles::listTags),
        Action.write(CreateRole.class, roles::created, roles::create),
        Action.write(
            UpdateRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::update),
        Action.write(
            UpdateRoleDescription.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            roles::describe),
        Action.write(
            UpdateAssumeRolePolicy.class,
            (c, r) -> roles.target(c, r.roleName().value()),
            roles::updateTrust),
        Action.write(
            DeleteRole.class, (c, r) -> roles.target(c, r.roleName().value()), roles::delete),
        Action.write(
            TagRole.class,
            (c, r) ->
                roles
                    .target(c, r.roleName().value())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            roles::tag),
        Action.write(
            UntagRole.class,
            (c, r) ->
                roles
                    .target(c, r.roleName().value())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            roles::untag));
  }

  private List<Action<?, ?>> policies() {
    return List.of(
        Action.read(GetPolicy.class, (c, r) -> policies.target(c, r.policyArn()), policies::get),
        Action.read(ListPolicies.class, policies::listed, policies::list),
        Action.read(
            GetPolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::getVersion),
        Action.read(
            ListPolicyVersions.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::listVersions),
        Action.read(
            ListPolicyTags.class, (c, r) -> policies.target(c, r.policyArn()), policies::listTags),
        Action.read(
            ListEntitiesForPolicy.class,
            (c, r) -> policies.target(c, r.policyArn()),
            entities::list),
        Action.write(CreatePolicy.class, policies::created, policies::create),
        Action.write(
            DeletePolicy.class, (c, r) -> policies.target(c, r.policyArn()), policies::delete),
        Action.write(
            CreatePolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::createVersion),
        Action.write(
            SetDefaultPolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::setDefault),
        Action.write(
            DeletePolicyVersion.class,
            (c, r) -> policies.target(c, r.policyArn()),
            policies::deleteVersion),
        Action.write(
            TagPolicy.class,
            (c, r) ->
                policies.target(c, r.policyArn()).map(t -> t.with(PostgresTags.context(r.tags()))),
            policies::tag),
        Action.write(
            UntagPolicy.class,
            (c, r) ->
                policies
                    .target(c, r.policyArn())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            policies::untag));
  }

  private List<Action<?, ?>> accounts() {
    return List.of(
        Action.read(ListAccountAliases.class, (c, r) -> accounts.account(c), accounts::listAliases),
        Action.read(GetAccountSummary.class, (c, r) -> accounts.account(c), accounts::summary),
        Action.write(
            CreateAccountAlias.class, (c, r) -> accounts.account(c), accounts::createAlias),
        Action.write(
            DeleteAccountAlias.class, (c, r) -> accounts.account(c), accounts::deleteAlias),
        Action.write(
            SetSecurityTokenServicePreferences.class,
            (c, r) -> accounts.account(c),
            accounts::prefer));
  }
}
