package dev.daypass.broker.logins;

import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.INVALID_USER_TYPE;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.ErrorCode.PASSWORD_POLICY_VIOLATION;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.users.UserActions;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.CredentialMessages.ChangePassword;
import dev.daypass.wire.iam.CredentialMessages.CreateLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.DeleteLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.GetLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.UpdateLoginProfile;
import dev.daypass.wire.iam.UserName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can do to passwords.
@Singleton
public final class LoginProfileActions {
  private final PostgresLoginProfiles profiles;
  private final PostgresUsers users;
  private final Passwords passwords;
  private final PasswordThrottle throttle;
  private final PasswordRules rules;
  private final Revocations revocations;

  LoginProfileActions(
      PostgresLoginProfiles profiles,
      PostgresUsers users,
      Passwords passwords,
      PasswordThrottle throttle,
      PasswordRules rules,
      Revocations revocations) {
    this.profiles = profiles;
    this.users = users;
    this.passwords = passwords;
    this.throttle = throttle;
    this.rules = rules;
    this.revocations = revocations;
  }

  public Uni<CreateLoginProfile.Result> create(Caller caller, CreateLoginProfile request) {
    Secret password =
        request
            .password()
            .orElseThrow(
                () ->
                    ErrorCode.VALIDATION_ERROR.error(
                        "1 validation error detected: Value null at 'password' failed to satisfy"
                            + " constraint: Member must not be null"))
            .value();
    return user(caller, request.userName())
        .call(() -> rules.check(caller.account(), Optional.empty(), password))
        .call(user -> profiles.find(user.id()).invoke(found -> refuseSecond(found, user)))
        .chain(user -> create(caller, request, user, password))
        .map(CreateLoginProfile.Result::new);
  }

  private Uni<dev.daypass.wire.iam.CredentialMessages.LoginProfile> create(
      Caller caller, CreateLoginProfile request, User user, Secret password) {
    return passwords
        .hash(password)
        .map(
            hash ->
                new LoginProfile(
                    user.id(),
                    hash,
                    request.passwordResetRequired().orElse(false),
                    caller.origin().time(),
                    caller.origin().time()))
        .call(profiles::add)
        .map(profile -> profile.onWire(user.name()));
  }

  private static void refuseSecond(Optional<LoginProfile> found, User user) {
    if (found.isPresent()) {
      throw ENTITY_ALREADY_EXISTS.error(
          "Login Profile for user %s already exists.".formatted(user.name()));
    }
  }

  public Uni<GetLoginProfile.Result> get(Caller caller, GetLoginProfile request) {
    return user(caller, request.userName())
        .chain(user -> profile(user).map(profile -> profile.onWire(user.name())))
        .map(GetLoginProfile.Result::new);
  }

  public Uni<Nothing> update(Caller caller, UpdateLoginProfile request) {
    return user(caller, Optional.of(request.userName()))
        .chain(this::profile)
        .chain(
            profile -> {
              boolean reset = request.passwordResetRequired().orElse(profile.resetRequired());
              return request
                  .password()
                  .map(password -> replace(caller, profile, password.value(), reset))
                  .orElseGet(
                      () ->
                          profiles.update(
                              profile.changed(profile.passwordHash(), reset, profile.changedAt())));
            })
        .replaceWith(NOTHING);
  }

  /// Whoever is signed in with the former password is so no more.
  private Uni<Void> replace(Caller caller, LoginProfile profile, Secret password, boolean reset) {
    return rules
        .check(caller.account(), Optional.of(profile), password)
        .chain(() -> passwords.hash(password))
        .chain(
            hash -> profiles.replace(profile, profile.changed(hash, reset, caller.origin().time())))
        .chain(() -> revocations.endSignIns(profile.userId(), caller.origin().time()));
  }

  public Uni<Nothing> delete(Caller caller, DeleteLoginProfile request) {
    return user(caller, request.userName())
        .chain(
            user ->
                profiles
                    .remove(user.id())
                    .invoke(
                        removed -> {
                          if (removed == 0) {
                            throw unknown(user);
                          }
                        })
                    .chain(() -> revocations.endSignIns(user.id(), caller.origin().time())))
        .replaceWith(NOTHING);
  }

  /// The caller's own password. Guessing the old one is throttled like a sign-in.
  public Uni<Nothing> change(Caller caller, ChangePassword request) {
    return users
        .byId(self(caller).id())
        .map(Optional::orElseThrow)
        .chain(user -> throttle.attempt(user.id(), caller.origin().address()).replaceWith(user))
        .chain(user -> profile(user).chain(profile -> change(caller, user, profile, request)))
        .replaceWith(NOTHING);
  }

  /// Who changes the own password; `InvalidUserType` where the caller can have none.
  public static Principal.User self(Caller caller) {
    return caller
        .user()
        .orElseThrow(() -> INVALID_USER_TYPE.error("Only IAM Users can change their own password"));
  }

  private Uni<Void> change(Caller caller, User user, LoginProfile profile, ChangePassword request) {
    Secret chosen = request.newPassword().value();
    return passwords
        .matches(request.oldPassword().value(), Optional.of(profile.passwordHash()))
        .invoke(
            matches -> {
              if (!matches) {
                throw PASSWORD_POLICY_VIOLATION.error("The old password was incorrect.");
              }
            })
        .chain(() -> rules.refuseGuessable(user, chosen))
        .chain(() -> replace(caller, profile, chosen, false));
  }

  private Uni<User> user(Caller caller, Optional<UserName> name) {
    return users.get(caller.account(), UserActions.nameOrOwn(caller, name));
  }

  private Uni<LoginProfile> profile(User user) {
    return profiles.find(user.id()).map(found -> found.orElseThrow(() -> unknown(user)));
  }

  private static RuntimeException unknown(User user) {
    return NO_SUCH_ENTITY.error(
        "Login Profile for User %s cannot be found.".formatted(user.name()));
  }
}
