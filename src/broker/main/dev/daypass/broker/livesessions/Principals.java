package dev.daypass.broker.livesessions;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.livesessions.SessionQuery.By;
import dev.daypass.broker.roles.PostgresRoles;
import dev.daypass.broker.roles.Role;
import dev.daypass.broker.roles.RoleActions;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.Arn;
import dev.daypass.wire.daypass.PrincipalReference;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Whose sessions are meant, within the caller's account.
@Singleton
final class Principals {
  private static final String USER = "user/";
  private static final String ROLE = "role/";

  private final PostgresUsers users;
  private final UserActions userActions;
  private final PostgresRoles roles;
  private final RoleActions roleActions;
  private final PostgresLiveSessions sessions;

  Principals(
      PostgresUsers users,
      UserActions userActions,
      PostgresRoles roles,
      RoleActions roleActions,
      PostgresLiveSessions sessions) {
    this.users = users;
    this.userActions = userActions;
    this.roles = roles;
    this.roleActions = roleActions;
    this.sessions = sessions;
  }

  /// @param subject the unique id, or the ARN of an identity provider, a trust anchor, or a subject
  ///   of certificates
  /// @param target what the policies are asked about
  record Found(String subject, Target target) {}

  /// Who is meant; absent for one who does not exist or is another account's.
  Uni<Optional<Found>> find(Caller caller, PrincipalReference reference) {
    String named = reference.value();
    if (reference.unique()) {
      return named.startsWith("AIDA") ? userById(caller, named) : roleById(caller, named);
    }
    Arn arn = Arn.parse(named);
    boolean own = arn.service().equals("iam") && arn.account().equals(caller.account());
    String name = named.substring(named.lastIndexOf('/') + 1);
    if (own && arn.resource().startsWith(USER)) {
      return users
          .find(caller.account(), name)
          .map(found -> found.filter(user -> user.arn().equals(named)))
          .chain(found -> user(caller, found));
    }
    if (own && arn.resource().startsWith(ROLE)) {
      return roles
          .find(caller.account(), name)
          .map(found -> found.filter(role -> role.arn().equals(named)))
          .chain(found -> role(caller, found));
    }
    return Uni.createFrom()
        .item(
            Optional.of(new Found(named, Target.of(named, caller.account())))
                .filter(_ -> arn.account().equals(caller.account()) && vouches(arn)));
  }

  /// Whether sessions can come of what an ARN names.
  private static boolean vouches(Arn arn) {
    return switch (arn.service()) {
      case "iam" -> arn.resource().matches("(oidc|saml)-provider/.+");
      case "rolesanywhere" -> arn.resource().matches("(trust-anchor|subject)/.+");
      default -> false;
    };
  }

  private Uni<Optional<Found>> userById(Caller caller, String id) {
    return users
        .byId(id)
        .chain(
            found ->
                found.isPresent()
                    ? user(caller, found.filter(is -> is.account().equals(caller.account())))
                    : gone(caller, By.ORIGIN, id));
  }

  private Uni<Optional<Found>> roleById(Caller caller, String id) {
    return roles
        .byId(id)
        .chain(
            found ->
                found.isPresent()
                    ? role(caller, found.filter(is -> is.account().equals(caller.account())))
                    : gone(caller, By.PRINCIPAL, id));
  }

  /// Who is gone may have left sessions in the account.
  private Uni<Optional<Found>> gone(Caller caller, By by, String id) {
    return sessions
        .page(
            SessionQuery.of(by, id, caller.origin().time(), new Page.Wanted("", 1))
                .in(caller.account()))
        .map(
            page ->
                page.items().stream()
                    .findFirst()
                    .map(_ -> new Found(id, Target.of("*", caller.account()))));
  }

  private Uni<Optional<Found>> user(Caller caller, Optional<User> found) {
    return found
        .map(
            user ->
                userActions
                    .target(caller, user.name())
                    .map(target -> Optional.of(new Found(user.id(), target))))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<Found>> role(Caller caller, Optional<Role> found) {
    return found
        .map(
            role ->
                roleActions
                    .target(caller, role.name())
                    .map(target -> Optional.of(new Found(role.id(), target))))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /// What a session of this user or role is to the policies, or a sign-in by an identity provider's
  /// word alone.
  Uni<Target> target(Caller caller, String principalArn) {
    Arn arn = Arn.parse(principalArn);
    String name = principalArn.substring(principalArn.lastIndexOf('/') + 1);
    if (vouches(arn)) {
      return Uni.createFrom().item(Target.of(principalArn, caller.account()));
    }
    return arn.resource().startsWith(ROLE)
        ? roleActions.target(caller, name)
        : userActions.target(caller, name);
  }

  Uni<Target> targetOfUser(Caller caller, String id) {
    return users
        .byId(id)
        .map(Optional::orElseThrow)
        .chain(user -> userActions.target(caller, user.name()));
  }
}
