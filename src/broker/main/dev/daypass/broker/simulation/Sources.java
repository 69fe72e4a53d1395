package dev.daypass.broker.simulation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.groups.Group;
import dev.daypass.broker.groups.PostgresGroups;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Arn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Finds those whose policies are asked, by ARN.
@Singleton
final class Sources {
  private final PostgresUsers users;
  private final PostgresGroups groups;
  private final Identities identities;
  private final Authorizer authorizer;

  Sources(
      PostgresUsers users, PostgresGroups groups, Identities identities, Authorizer authorizer) {
    this.users = users;
    this.groups = groups;
    this.identities = identities;
    this.authorizer = authorizer;
  }

  /// Fails with `NoSuchEntity` for what is not in the caller's account.
  Uni<Source> get(Caller caller, String arn) {
    String resource = resource(caller, arn);
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    return switch (resource.split("/", 2)[0]) {
      case "user" -> user(caller, arn, name).chain(user -> ofUser(caller, user));
      case "group" -> group(caller, arn, name);
      case "role" -> role(arn).chain(role -> ofRole(caller, role));
      default -> throw INVALID_INPUT.error("Invalid Entity Arn: %s".formatted(arn));
    };
  }

  /// The user who is said to call.
  Uni<Principal> caller(Caller caller, String arn) {
    String resource = resource(caller, arn);
    if (!resource.startsWith("user/")) {
      throw INVALID_INPUT.error("Invalid Caller Arn: %s is not the ARN of a user".formatted(arn));
    }
    return user(caller, arn, resource.substring(resource.lastIndexOf('/') + 1))
        .map(Sources::principal);
  }

  private static String resource(Caller caller, String arn) {
    Arn parsed = Arn.parse(arn);
    if (!parsed.service().equals("iam")) {
      throw INVALID_INPUT.error("Invalid Entity Arn: %s".formatted(arn));
    }
    if (!parsed.account().equals(caller.account())) {
      throw gone(arn);
    }
    return parsed.resource();
  }

  private Uni<UserIdentity> user(Caller caller, String arn, String name) {
    return users
        .find(caller.account(), name)
        .map(found -> found.filter(user -> user.arn().equals(arn)).map(User::id))
        .chain(id -> identities.user(id.orElseThrow(() -> gone(arn))))
        .map(found -> found.orElseThrow(() -> gone(arn)));
  }

  private Uni<Source> ofUser(Caller caller, UserIdentity user) {
    return authorizer
        .policiesOf(user)
        .map(own -> Authorizer.under(own, caller))
        .map(policies -> new Source("user", policies, Optional.of(principal(user))));
  }

  private static Principal principal(UserIdentity user) {
    return new Principal.User(user.arn(), user.id(), user.name(), user.account(), user.tags());
  }

  private Uni<Source> group(Caller caller, String arn, String name) {
    return groups
        .find(caller.account(), name)
        .map(found -> found.filter(group -> group.arn().equals(arn)).map(Group::id))
        .chain(id -> identities.group(id.orElseThrow(() -> gone(arn))))
        .chain(grants -> authorizer.policiesOf(grants.orElseThrow(() -> gone(arn))))
        .map(policies -> new Source("group", policies, Optional.empty()));
  }

  private Uni<RoleIdentity> role(String arn) {
    return identities.role(arn).map(found -> found.orElseThrow(() -> gone(arn)));
  }

  private Uni<Source> ofRole(Caller caller, RoleIdentity role) {
    Principal session =
        new Principal.AssumedRole(
            role.arn(), role.id(), role.name(), "simulated", role.account(), role.tags());
    return authorizer
        .policiesOf(role)
        .map(own -> Authorizer.under(own, caller))
        .map(policies -> new Source("role", policies, Optional.of(session)));
  }

  private static RuntimeException gone(String arn) {
    return NO_SUCH_ENTITY.error("The entity with ARN %s cannot be found.".formatted(arn));
  }
}
