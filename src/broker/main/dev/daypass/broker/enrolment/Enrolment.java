package dev.daypass.broker.enrolment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.logins.LoginProfileActions;
import dev.daypass.broker.logins.PasswordRules;
import dev.daypass.broker.logins.PostgresLoginProfiles;
import dev.daypass.broker.mfa.Authenticators;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.CredentialMessages.CreateLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.UpdateLoginProfile;
import dev.daypass.wire.iam.Password;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// What follows a link: a password and an authenticator app, both or neither. The devices that
/// there were are gone then, and every sign-in with them.
@Singleton
public final class Enrolment {
  private static final Throttle.Rate PER_SOURCE = new Throttle.Rate(100, Duration.ofSeconds(3));

  private final EnrolmentLinks links;
  private final PostgresUsers users;
  private final PostgresAccounts accounts;
  private final LoginProfileActions logins;
  private final PostgresLoginProfiles profiles;
  private final PasswordRules rules;
  private final Authenticators authenticators;
  private final Throttle throttle;
  private final Database database;
  private final Audit audit;

  Enrolment(
      EnrolmentLinks links,
      PostgresUsers users,
      PostgresAccounts accounts,
      LoginProfileActions logins,
      PostgresLoginProfiles profiles,
      PasswordRules rules,
      Authenticators authenticators,
      Throttle throttle,
      Database database,
      Audit audit) {
    this.links = links;
    this.users = users;
    this.accounts = accounts;
    this.logins = logins;
    this.profiles = profiles;
    this.rules = rules;
    this.authenticators = authenticators;
    this.throttle = throttle;
    this.database = database;
    this.audit = audit;
  }

  /// What a person chooses.
  public record Chosen(
      Secret password, Secret seed, AuthenticationCode first, AuthenticationCode second) {}

  /// Whom a link is for; absent where it was used or is too old. Fails as [Throttle#take] does.
  public Uni<Optional<User>> user(Secret token, Origin origin) {
    return throttle
        .take("enrolment:source:" + origin.address(), PER_SOURCE)
        .chain(() -> links.user(token, origin.time()))
        .chain(
            found ->
                found.map(users::byId).orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /// Follows a link; absent as [#user] is. Fails with `PasswordPolicyViolation`,
  /// `InvalidAuthenticationCode` or as [Throttle#take] does, and the link is good yet.
  public Uni<Optional<User>> follow(Secret token, Chosen chosen, Origin origin) {
    return user(token, origin)
        .chain(
            found ->
                found
                    .map(
                        user ->
                            database.inAccount(
                                user.account(), () -> follow(user, token, chosen, origin)))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<User>> follow(User user, Secret token, Chosen chosen, Origin origin) {
    return links
        .use(token, origin.time())
        .chain(
            used ->
                used
                    ? accounts
                        .find(user.account())
                        .map(Optional::orElseThrow)
                        .map(account -> account.root(origin))
                        .chain(root -> enrol(root, user, chosen))
                        .replaceWith(Optional.of(user))
                    : Uni.createFrom().item(Optional.<User>empty()));
  }

  private Uni<Void> enrol(Caller root, User user, Chosen chosen) {
    return rules
        .refuseGuessable(user, chosen.password())
        .chain(() -> setPassword(root, user, chosen.password()))
        .chain(
            () ->
                authenticators.replaceAll(
                    user, chosen.seed(), chosen.first(), chosen.second(), root.origin().time()))
        .chain(
            serial ->
                audit.appendInTransaction(
                    new CloudTrail(root.origin())
                        .event("iam.amazonaws.com", "EnrolUser", "AwsServiceEvent")
                        .readOnly(false)
                        .by(root)
                        .parameters(
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("userName", user.name())
                                .put("serialNumber", serial))
                        .entry()));
  }

  private Uni<Void> setPassword(Caller root, User user, Secret password) {
    UserName name = new UserName(user.name());
    Optional<Password> chosen = Optional.of(new Password(password));
    Optional<Boolean> done = Optional.of(false);
    return profiles
        .find(user.id())
        .chain(
            present ->
                present.isPresent()
                    ? logins.update(root, new UpdateLoginProfile(name, chosen, done))
                    : logins
                        .create(root, new CreateLoginProfile(Optional.of(name), chosen, done))
                        .replaceWithVoid())
        .replaceWithVoid();
  }
}
