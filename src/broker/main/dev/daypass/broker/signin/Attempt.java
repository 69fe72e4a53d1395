package dev.daypass.broker.signin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.logins.LoginProfile;
import dev.daypass.broker.users.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A sign-in under way, kept for a few minutes under an unguessable name.
///
/// @param account of the user, as all that names it: empty where that is not known yet
/// @param step what comes next
/// @param proof what was proven
/// @param device the serial number of the MFA device that it was proven with; empty without one
/// @param failures wrong answers since it began
/// @param passwordOf when the password was set that was given, in microseconds; 0 where none was.
///   An attempt ends when its password is replaced
/// @param renews the sign-in that a second factor is proven for once more; null for a new one
/// @param upstream the provider whose word it is in place of a password; empty for none
/// @param challenge what a passkey has to sign to take the step; no two attempts have the same
record Attempt(
    String account,
    String userId,
    String userName,
    Step step,
    Proof proof,
    String device,
    int failures,
    String challenge,
    long passwordOf,
    @Nullable SignInFacts renews,
    String upstream) {
  enum Step {
    /// A code or a passkey, beside a password that was right.
    MFA,
    /// A passkey in place of a password.
    PASSKEY,
    NEW_PASSWORD
  }

  /// Somebody who has given the right password.
  static Attempt of(User user, LoginProfile profile, String challenge) {
    return new Attempt(
        user.account(),
        user.id(),
        user.name(),
        Step.MFA,
        Proof.PASSWORD,
        "",
        0,
        challenge,
        setAt(profile),
        null,
        "");
  }

  /// Somebody who has signed in, and proves a second factor once more.
  static Attempt renewing(Caller caller, String challenge) {
    SignInFacts signIn = SignInFacts.of(caller);
    return new Attempt(
        caller.account(),
        signIn.userId(),
        caller.user().orElseThrow().name(),
        Step.MFA,
        Proof.NONE,
        "",
        0,
        challenge,
        0,
        signIn,
        "");
  }

  private static long setAt(LoginProfile profile) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, profile.changedAt());
  }

  /// Whether the password that was given is the user's no more.
  boolean outdated(LoginProfile profile) {
    return passwordOf != 0 && passwordOf != setAt(profile);
  }

  /// Somebody who says to be this user.
  static Attempt claimedBy(String account, String userName) {
    return new Attempt(account, "", userName, Step.MFA, Proof.NONE, "", 0, "", 0, null, "");
  }

  /// Somebody for whom another provider vouches.
  static Attempt of(User user, String upstream, Proof proof, String challenge) {
    return new Attempt(
        user.account(),
        user.id(),
        user.name(),
        Step.MFA,
        proof,
        "",
        0,
        challenge,
        0,
        null,
        upstream);
  }

  /// Somebody whom another provider's word made no user.
  ///
  /// @param name whom the provider means, as far as that is known
  static Attempt withoutUser(String account, String name, String upstream, Proof proof) {
    return new Attempt(account, "", name, Step.MFA, proof, "", 0, "", 0, null, upstream);
  }

  /// Somebody, with a passkey.
  static Attempt ofAnyone(String challenge) {
    return new Attempt("", "", "", Step.PASSKEY, Proof.NONE, "", 0, challenge, 0, null, "");
  }

  /// The user it has turned out to be.
  Attempt by(User user) {
    return new Attempt(
        user.account(),
        user.id(),
        user.name(),
        step,
        proof,
        device,
        failures,
        challenge,
        passwordOf,
        renews,
        upstream);
  }

  Attempt proven(Proof with, String serialNumber) {
    return new Attempt(
        account,
        userId,
        userName,
        step,
        with,
        serialNumber,
        0,
        challenge,
        passwordOf,
        renews,
        upstream);
  }

  Attempt at(Step next) {
    return new Attempt(
        account, userId, userName, next, proof, device, 0, challenge, passwordOf, renews, upstream);
  }

  Attempt failed(String nextChallenge) {
    return new Attempt(
        account,
        userId,
        userName,
        step,
        proof,
        device,
        failures + 1,
        nextChallenge,
        passwordOf,
        renews,
        upstream);
  }
}
