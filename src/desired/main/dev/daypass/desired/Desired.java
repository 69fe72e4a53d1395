package dev.daypass.desired;

import dev.daypass.wire.iam.AccountAlias;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import dev.daypass.wire.iam.Description;
import dev.daypass.wire.iam.GroupName;
import dev.daypass.wire.iam.MaxSessionDuration;
import dev.daypass.wire.iam.NewUserName;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PolicyDescription;
import dev.daypass.wire.iam.PolicyName;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an account is to look like. Whatever is not said (an empty `Optional`, [Wish.AsItIs]) stays
/// as it is; a list that is said is meant to be the whole list.
///
/// @param account the account it is for, where it says so
public record Desired(
    Optional<String> account,
    Wish<AccountAlias> accountAlias,
    Wish<UpdateAccountPasswordPolicy> passwordPolicy,
    List<Policy> policies,
    List<Group> groups,
    List<User> users,
    List<Role> roles) {
  public Desired {
    policies = List.copyOf(policies);
    groups = List.copyOf(groups);
    users = List.copyOf(users);
    roles = List.copyOf(roles);
  }

  /// A managed policy of the account's own.
  public record Policy(
      PolicyName name,
      Optional<PolicyPath> path,
      Optional<PolicyDescription> description,
      PolicyText document,
      Optional<List<Tag>> tags) {}

  public record Group(GroupName name, Optional<Path> path, Permissions permissions) {}

  /// @param groups the names of the groups it is in
  public record User(
      NewUserName name,
      Optional<Path> path,
      Optional<List<Tag>> tags,
      Wish<String> boundary,
      Optional<List<GroupName>> groups,
      Permissions permissions) {}

  public record Role(
      RoleName name,
      Optional<Path> path,
      PolicyText trustPolicy,
      Optional<Description> description,
      Optional<MaxSessionDuration> maxSessionDuration,
      Optional<List<Tag>> tags,
      Wish<String> boundary,
      Permissions permissions) {}

  /// The policies of a user, group or role.
  ///
  /// @param managed the ARNs of managed policies, or the bare names of the account's own
  public record Permissions(
      Optional<List<String>> managed, Optional<Map<PolicyName, PolicyText>> inline) {}
}
