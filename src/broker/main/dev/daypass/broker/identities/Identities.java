package dev.daypass.broker.identities;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.policy.Policy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Accounts, users, groups, roles, managed policies and access keys, compiled and kept in memory
/// until they change. What cannot be read or compiled fails the call: it is never left out.
@Singleton
public final class Identities {
  private static final long MOST_OF_A_KIND = 100_000;

  private final Kept<UserIdentity> users;
  private final Kept<Grants> groups;
  private final Kept<RoleIdentity> roles;
  private final Kept<Policy> policies;
  private final Kept<KeyOwner> keys;
  private final Kept<StoredAccount> accounts;
  private final Kept<Controls> controls;

  Identities(Changes changes, PostgresIdentities stored, PostgresControls organizations) {
    users = new Kept<>(changes, "user:", MOST_OF_A_KIND, stored::user);
    groups = new Kept<>(changes, "group:", MOST_OF_A_KIND, stored::group);
    roles = new Kept<>(changes, "role:", MOST_OF_A_KIND, stored::role);
    policies = new Kept<>(changes, "policy:", MOST_OF_A_KIND, stored::policy);
    keys = new Kept<>(changes, "key:", MOST_OF_A_KIND, stored::key);
    accounts = new Kept<>(changes, "account:", MOST_OF_A_KIND, organizations::account);
    controls = new Kept<>(changes, "controls:", MOST_OF_A_KIND, organizations::controls);
  }

  /// The account of this number, with what its organization allows it.
  public Uni<Optional<AccountIdentity>> account(String id) {
    return accounts
        .find(id)
        .chain(
            found ->
                found
                    .map(account -> inForce(account).map(account::under).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<List<Controls>> inForce(StoredAccount account) {
    Uni<List<Controls>> levels = Uni.createFrom().item(List.of());
    for (String target : account.targets()) {
      levels =
          levels.chain(
              above -> controls.find(target).map(found -> plus(above, found.orElseThrow())));
    }
    return levels;
  }

  private static List<Controls> plus(List<Controls> above, Controls next) {
    List<Controls> all = new ArrayList<>(above);
    all.add(next);
    return all;
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
