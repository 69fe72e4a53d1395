package dev.daypass.broker.signin;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.logins.PostgresLoginProfiles;
import dev.daypass.broker.mfa.Device;
import dev.daypass.broker.passkeys.Assertion;
import dev.daypass.broker.passkeys.Challenges;
import dev.daypass.broker.passkeys.RequestOptions;
import dev.daypass.broker.signin.Attempt.Step;
import dev.daypass.broker.signin.SignInFailed.Reason;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Optional;

/// The sign-in with a passkey: beside a password, or in place of one.
@Singleton
public final class PasskeySignIn {
  private final PostgresUsers users;
  private final PostgresLoginProfiles profiles;
  private final Challenges challenges;
  private final SignIn signIn;
  private final SignIns steps;

  PasskeySignIn(
      PostgresUsers users,
      PostgresLoginProfiles profiles,
      Challenges challenges,
      SignIn signIn,
      SignIns steps) {
    this.users = users;
    this.profiles = profiles;
    this.challenges = challenges;
    this.signIn = signIn;
    this.steps = steps;
  }

  /// What is to be signed, and under which name it is handed in.
  public record Asked(String transaction, RequestOptions passkey) {}

  /// Begins a sign-in without a password. Who it will be is not known yet, so that the answer says
  /// nothing about who there is.
  public Uni<Asked> begin(Origin origin) {
    Attempt attempt = Attempt.ofAnyone(challenges.next());
    return challenges
        .throttle(origin)
        .chain(() -> steps.begin(attempt))
        .map(transaction -> new Asked(transaction, challenges.alone(attempt.challenge())));
  }

  /// The step that a passkey takes, in either kind of sign-in.
  public Uni<Progress> answer(Origin origin, String transaction, Assertion assertion) {
    return steps
        .take(transaction, EnumSet.of(Step.MFA, Step.PASSKEY))
        .chain(
            attempt ->
                attempt.step() == Step.MFA
                    ? beside(origin, attempt, assertion)
                    : alone(origin, attempt, assertion));
  }

  private Uni<Progress> beside(Origin origin, Attempt attempt, Assertion assertion) {
    return challenges
        .use(origin, assertion, attempt.challenge(), attempt.userId())
        .chain(
            used ->
                used.map(Device::serialNumber)
                    .map(serial -> attempt.proven(attempt.proof().withPasskey(), serial))
                    .map(proven -> signIn.afterMfa(origin, proven))
                    .orElseGet(() -> steps.again(origin, attempt, Reason.WRONG_PASSKEY)));
  }

  private Uni<Progress> alone(Origin origin, Attempt attempt, Assertion assertion) {
    return challenges
        .useAlone(origin, assertion, attempt.challenge())
        .chain(this::owner)
        .chain(
            owner ->
                owner
                    .map(is -> attempt.by(is.user()).proven(Proof.PASSKEY, is.serialNumber()))
                    .map(proven -> steps.signedIn(origin, proven))
                    .orElseGet(() -> steps.again(origin, attempt, Reason.WRONG_PASSKEY)));
  }

  private record Owner(User user, String serialNumber) {}

  /// The user whose device it is. Without a password a user cannot sign in at all: taking it away
  /// is how an administrator keeps somebody out.
  private Uni<Optional<Owner>> owner(Optional<Device> used) {
    return used.flatMap(Device::userId)
        .map(users::byId)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .chain(
            user ->
                user.map(is -> profiles.find(is.id()))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                    .map(
                        profile ->
                            profile.map(
                                _ ->
                                    new Owner(
                                        user.orElseThrow(), used.orElseThrow().serialNumber()))));
  }
}
