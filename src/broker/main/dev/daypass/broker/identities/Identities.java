package dev.daypass.broker.identities;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.policy.Policy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/// Users, groups, roles, managed policies and access keys, compiled and kept in memory until they
/// change. What cannot be read or compiled fails the call: it is never left out.
@Singleton
public final class Identities {
  private static final long MOST_OF_A_KIND = 100_000;

  private final Kept<UserIdentity> users;
  private final Kept<Grants> groups;
  private final Kept<RoleIdentity> roles;
  private final Kept<Policy> policies;
  private final Kept<KeyOwner> keys;

  Identities(Changes changes, PostgresIdentities stored) {
    users = new Kept<>(changes, "user:", MOST_OF_A_KIND, stored::user);
    groups = new Kept<>(changes, "group:", MOST_OF_A_KIND, stored::group);
    roles = new Kept<>(changes, "role:", MOST_OF_A_KIND, stored::role);
    policies = new Kept<>(changes, "policy:", MOST_OF_A_KIND, stored::policy);
    keys = new Kept<>(changes, "key:", MOST_OF_A_KIND, stored::key);
  }

  /// The user with this unique id.
  public Uni<Optional<UserIdentity>> user(String id) {
    return users.find(id);
  }

  /// What the group with this unique id gives its members.
  public Uni<Optional<Grants>> group(String id) {
    return groups.find(id);
  }

  /// The role with this exact ARN, path included.
  public Uni<Optional<RoleIdentity>> role(String arn) {
    String account = arn.split(":", 6)[4];
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return roles
        .find(account + "/" + name.toLowerCase(Locale.ROOT))
        .map(found -> found.filter(role -> role.arn().equals(arn)));
  }

  /// The default version of the managed policy with this ARN.
  public Uni<Optional<Policy>> policy(String arn) {
    return policies.find(arn);
  }

  /// The long-term access key with this id.
  public Uni<Optional<KeyOwner>> key(String id) {
    return keys.find(id);
  }
}
