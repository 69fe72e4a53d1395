package dev.daypass.broker.signin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.logins.LoginProfile;
import dev.daypass.broker.logins.PasswordRules;
import dev.daypass.broker.logins.PasswordThrottle;
import dev.daypass.broker.logins.Passwords;
import dev.daypass.broker.logins.PostgresLoginProfiles;
import dev.daypass.broker.mfa.Codes;
import dev.daypass.broker.mfa.RecoveryCodes;
import dev.daypass.broker.passkeys.Challenges;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.Attempt.Step;
import dev.daypass.broker.signin.SignInFailed.Reason;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;

/// The sign-in of a person, step by step: password; a code or a passkey, where there is a device;
/// another password, where one must be chosen. A step that was taken cannot be taken again.
@Singleton
public final class SignIn {
  private final PostgresUsers users;
  private final PostgresLoginProfiles profiles;
  private final Passwords passwords;
  private final PasswordThrottle throttle;
  private final PasswordRules rules;
  private final Codes codes;
  private final RecoveryCodes recoveryCodes;
  private final Challenges challenges;
  private final Revocations revocations;
  private final KnownBrowsers browsers;
  private final SignIns steps;

  SignIn(
      PostgresUsers users,
      PostgresLoginProfiles profiles,
      Passwords passwords,
      PasswordThrottle throttle,
      PasswordRules rules,
      Codes codes,
      RecoveryCodes recoveryCodes,
      Challenges challenges,
      Revocations revocations,
      KnownBrowsers browsers,
      SignIns steps) {
    this.users = users;
    this.profiles = profiles;
    this.passwords = passwords;
    this.throttle = throttle;
    this.rules = rules;
    this.codes = codes;
    this.recoveryCodes = recoveryCodes;
    this.challenges = challenges;
    this.revocations = revocations;
    this.browsers = browsers;
    this.steps = steps;
  }

  private record Known(User user, LoginProfile profile) {}

  /// The first step. Whether the user is not there, has no password, or has another, it fails alike
  /// and takes as long.
  ///
  /// @param browser what the browser was given when the user signed in last, if it says so
  public Uni<Progress> password(
      Origin origin, String account, String name, Secret password, Optional<String> browser) {
    String user = KnownBrowsers.user(account, name);
    return browsers
        .known(browser, user, origin.time())
        .chain(known -> throttle.attempt(user, origin.address(), known))
        .chain(() -> known(account, name))
        .chain(known -> check(known, password))
        .onFailure(SignInFailed.class)
        .call(_ -> steps.failed(origin, Attempt.claimedBy(account, name)))
        .chain(known -> next(origin, known));
  }

  private Uni<Optional<Known>> known(String account, String name) {
    return users
        .find(account, name)
        .chain(
            user ->
                user.map(found -> profiles.find(found.id()))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                    .map(profile -> profile.map(is -> new Known(user.orElseThrow(), is))));
  }

  private Uni<Known> check(Optional<Known> known, Secret password) {
    return passwords
        .matches(password, known.map(is -> is.profile().passwordHash()))
        .map(
            matches -> {
              if (!matches) {
                throw new SignInFailed(Reason.WRONG_CREDENTIALS);
              }
              return known.orElseThrow();
            });
  }

  private Uni<Progress> next(Origin origin, Known known) {
    Attempt attempt = Attempt.of(known.user(), known.profile(), challenges.next());
    return steps
        .secondFactor(attempt)
        .chain(
            asked ->
                asked
                    .map(progress -> Uni.createFrom().item(progress))
                    .orElseGet(() -> afterMfa(origin, attempt)));
  }

  /// Asks whoever has signed in for a second factor once more; absent for a user who has none. It
  /// ends with the same sign-in, whose second factor is of now.
  public Uni<Optional<Progress>> stepUp(Caller caller) {
    return steps.secondFactor(Attempt.renewing(caller, challenges.next()));
  }

  /// The second step: a code of one of the user's devices.
  public Uni<Progress> code(
      Origin origin, String transaction, Optional<String> serialNumber, Secret code) {
    return steps
        .take(transaction, EnumSet.of(Step.MFA))
        .chain(
            attempt ->
                serial(attempt, serialNumber)
                    .call(
                        serial ->
                            codes.use(
                                attempt.account(), attempt.userId(), serial, code, origin.time()))
                    .onFailure(ApiError.class)
                    .recoverWithUni(_ -> steps.again(origin, attempt, Reason.WRONG_CODE))
                    .map(serial -> attempt.proven(attempt.proof().withCode(), serial))
                    .chain(proven -> afterMfa(origin, proven)));
  }

  /// The second step without a device, which was lost: a recovery code.
  public Uni<Progress> recoveryCode(Origin origin, String transaction, Secret code) {
    return steps
        .take(transaction, EnumSet.of(Step.MFA))
        .chain(
            attempt ->
                recoveryCodes
                    .use(attempt.userId(), code)
                    .chain(
                        used ->
                            used
                                ? afterMfa(
                                    origin,
                                    attempt.proven(
                                        attempt.proof().withCode(), RecoveryCodes.DEVICE))
                                : steps.again(origin, attempt, Reason.WRONG_RECOVERY_CODE)));
  }

  private Uni<String> serial(Attempt attempt, Optional<String> chosen) {
    return chosen
        .map(serial -> Uni.createFrom().item(serial))
        .orElseGet(
            () ->
                codes
                    .devices(attempt.userId())
                    .map(
                        devices ->
                            devices.stream()
                                .findFirst()
                                .orElseThrow(() -> new SignInFailed(Reason.EXPIRED))
                                .serialNumber()));
  }

  /// The password that was given must be the user's yet.
  private Uni<LoginProfile> profile(Attempt attempt) {
    return profiles
        .find(attempt.userId())
        .map(
            found ->
                found
                    .filter(profile -> !attempt.outdated(profile))
                    .orElseThrow(() -> new SignInFailed(Reason.EXPIRED)));
  }

  /// What follows when a password was right, and so was a second factor where there is one. Whoever
  /// came by another provider needs no password, and none is asked about.
  Uni<Progress> afterMfa(Origin origin, Attempt attempt) {
    if (attempt.renews() != null) {
      return steps.renewed(origin, attempt, attempt.renews());
    }
    if (!attempt.upstream().isEmpty()) {
      return steps.signedIn(origin, attempt);
    }
    return profile(attempt)
        .chain(profile -> rules.standing(attempt.account(), profile, origin.time()))
        .chain(
            standing ->
                switch (standing) {
                  case GOOD -> steps.signedIn(origin, attempt);
                  case EXPIRED ->
                      steps
                          .begin(attempt.at(Step.NEW_PASSWORD))
                          .map(Progress.NewPasswordRequired::new);
                  case EXPIRED_FOR_GOOD ->
                      steps
                          .failed(origin, attempt)
                          .chain(
                              () ->
                                  Uni.createFrom()
                                      .failure(new SignInFailed(Reason.PASSWORD_EXPIRED)));
                });
  }

  /// The last step, where another password must be chosen: not the one there is.
  public Uni<Progress> newPassword(Origin origin, String transaction, Secret password) {
    return steps
        .take(transaction, EnumSet.of(Step.NEW_PASSWORD))
        .call(steps::refuseUnproven)
        .chain(
            attempt ->
                profile(attempt)
                    .call(profile -> refuseSame(profile, password))
                    .call(profile -> rules.check(attempt.account(), Optional.of(profile), password))
                    .call(() -> refuseGuessable(attempt, password))
                    .onFailure(ApiError.class)
                    .recoverWithUni(refusal -> again(attempt, refusal))
                    .chain(profile -> replace(origin, profile, password))
                    .chain(() -> steps.signedIn(origin, attempt)));
  }

  private Uni<Void> refuseGuessable(Attempt attempt, Secret password) {
    return users
        .byId(attempt.userId())
        .map(found -> found.orElseThrow(() -> new SignInFailed(Reason.EXPIRED)))
        .chain(user -> rules.refuseGuessable(user, password));
  }

  private Uni<Void> refuseSame(LoginProfile profile, Secret password) {
    return passwords
        .matches(password, Optional.of(profile.passwordHash()))
        .invoke(
            same -> {
              if (same) {
                throw dev.daypass.wire.ErrorCode.PASSWORD_POLICY_VIOLATION.error(
                    "The new password must be another one.");
              }
            })
        .replaceWithVoid();
  }

  /// A password that cannot be had is no reason to begin at the beginning.
  private Uni<LoginProfile> again(Attempt attempt, Throwable refusal) {
    return steps
        .begin(attempt)
        .chain(
            transaction ->
                Uni.createFrom()
                    .failure(SignInFailed.weakPassword(transaction, ((ApiError) refusal).text())));
  }

  private Uni<Void> replace(Origin origin, LoginProfile profile, Secret password) {
    return passwords
        .hash(password)
        .chain(hash -> profiles.change(profile, profile.changed(hash, false, origin.time())))
        .chain(() -> revocations.endSignIns(profile.userId(), before(origin.time())));
  }

  /// Tokens know whole seconds: the sign-in that follows must not end with those before it.
  private static Instant before(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).minusMillis(1);
  }
}
