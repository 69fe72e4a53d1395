package dev.daypass.broker.signin;

import static dev.daypass.wire.ErrorCode.EXPIRED_TOKEN;

import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.mfa.Device;
import dev.daypass.broker.mfa.PostgresDevices;
import dev.daypass.broker.passkeys.Challenges;
import dev.daypass.broker.passkeys.RequestOptions;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.signin.Attempt.Step;
import dev.daypass.broker.signin.SignInFailed.Reason;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What every way to sign in shares: how its steps begin, fail and end, and what the trail keeps.
@Singleton
final class SignIns {
  private static final int MOST_WRONG_ANSWERS = 5;

  private final PostgresUsers users;
  private final Identities identities;
  private final PostgresDevices devices;
  private final Challenges challenges;
  private final Tickets tickets;
  private final SignInTokens tokens;
  private final SignedInCaller callers;
  private final Audit audit;

  SignIns(
      PostgresUsers users,
      Identities identities,
      PostgresDevices devices,
      Challenges challenges,
      Tickets tickets,
      SignInTokens tokens,
      SignedInCaller callers,
      Audit audit) {
    this.users = users;
    this.identities = identities;
    this.devices = devices;
    this.challenges = challenges;
    this.tickets = tickets;
    this.tokens = tokens;
    this.callers = callers;
    this.audit = audit;
  }

  /// Keeps an attempt for its next step; says under which name.
  Uni<String> begin(Attempt attempt) {
    return tickets.issue(Tickets.Kind.SIGN_IN, attempt);
  }

  /// Takes out an attempt that waits for one of these steps.
  Uni<Attempt> take(String transaction, Set<Step> steps) {
    return tickets
        .redeem(Tickets.Kind.SIGN_IN, transaction, Attempt.class)
        .map(
            found ->
                found
                    .filter(attempt -> steps.contains(attempt.step()))
                    .orElseThrow(() -> new SignInFailed(Reason.EXPIRED)));
  }

  /// Asks for the second factor; absent for a user who has none, of whatever kind.
  Uni<Optional<Progress>> secondFactor(Attempt attempt) {
    return devices
        .of(attempt.userId())
        .chain(
            all ->
                all.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : begin(attempt).chain(id -> asked(id, attempt, all)).map(Optional::of));
  }

  private Uni<Progress> asked(String transaction, Attempt attempt, List<Device> all) {
    List<String> codes = all.stream().filter(Device::virtual).map(Device::serialNumber).toList();
    return passkey(attempt).map(passkey -> new Progress.MfaRequired(transaction, codes, passkey));
  }

  private Uni<Optional<RequestOptions>> passkey(Attempt attempt) {
    return switch (attempt.step()) {
      case MFA -> challenges.secondFactor(attempt.userId(), attempt.challenge());
      case PASSKEY -> Uni.createFrom().item(Optional.of(challenges.alone(attempt.challenge())));
      case NEW_PASSWORD -> Uni.createFrom().item(Optional.empty());
    };
  }

  /// Refuses whoever has got a device since the password was given: it was never asked for.
  Uni<Void> refuseUnproven(Attempt attempt) {
    return devices
        .of(attempt.userId())
        .invoke(
            all -> {
              if (!all.isEmpty() && !attempt.proof().mfa()) {
                throw new SignInFailed(Reason.EXPIRED);
              }
            })
        .replaceWithVoid();
  }

  /// The person may answer again, under another transaction and to another challenge, but not for
  /// ever.
  <T> Uni<T> again(Origin origin, Attempt attempt, Reason reason) {
    Attempt again = attempt.failed(challenges.next());
    return failed(origin, attempt)
        .chain(
            () ->
                again.failures() < MOST_WRONG_ANSWERS
                    ? tryAgain(again, reason)
                    : Uni.createFrom().item(new SignInFailed(Reason.EXPIRED)))
        .chain(failure -> Uni.createFrom().failure(failure));
  }

  private Uni<SignInFailed> tryAgain(Attempt again, Reason reason) {
    return begin(again)
        .chain(
            transaction ->
                passkey(again).map(passkey -> SignInFailed.tryAgain(reason, transaction, passkey)));
  }

  Uni<Progress> signedIn(Origin origin, Attempt attempt) {
    return users
        .byId(attempt.userId())
        .map(found -> found.orElseThrow(() -> new SignInFailed(Reason.EXPIRED)))
        .call(user -> refuseClosed(origin, attempt, user))
        .call(user -> noteUse(user, attempt.proof(), origin.time()))
        .chain(user -> signedIn(origin, attempt, user));
  }

  private Uni<Progress> signedIn(Origin origin, Attempt attempt, User user) {
    String signIn = Revocations.newSignIn(user.id());
    Progress.SignedIn done = tokens.issue(user, signIn, attempt.proof(), origin.time());
    IssuedSession session =
        new IssuedSession(
            signIn,
            user.account(),
            user.id(),
            user.arn(),
            user.arn(),
            new Lineage(List.of(), List.of(tokens.mark())),
            Optional.empty(),
            Optional.of(origin.time()).filter(_ -> done.mfa()),
            device(attempt),
            origin.time(),
            done.expiresAt());
    return audit.append(event(origin, attempt, true).issued(session).entry()).replaceWith(done);
  }

  /// The same sign-in, if it is one yet.
  Uni<Progress> renewed(Origin origin, Attempt attempt, SignInFacts signIn) {
    return Uni.createFrom()
        .deferred(() -> callers.of(signIn, origin))
        .onFailure(
            failure -> failure instanceof ApiError refusal && refusal.code() == EXPIRED_TOKEN)
        .transform(_ -> new SignInFailed(Reason.EXPIRED))
        .call(caller -> audit.append(event(origin, attempt, true).by(caller).entry()))
        .map(caller -> tokens.renew(caller, signIn, attempt.proof()));
  }

  private static Optional<String> device(Attempt attempt) {
    return Optional.of(attempt.device()).filter(serial -> !serial.isEmpty());
  }

  /// Nobody signs in to an account that was closed.
  private Uni<Void> refuseClosed(Origin origin, Attempt attempt, User user) {
    return identities
        .account(user.account())
        .map(found -> found.filter(account -> !account.closed()).isPresent())
        .chain(
            open ->
                open
                    ? Uni.createFrom().voidItem()
                    : failed(origin, attempt)
                        .chain(
                            () ->
                                Uni.createFrom()
                                    .failure(new SignInFailed(Reason.WRONG_CREDENTIALS))));
  }

  private Uni<Void> noteUse(User user, Proof proof, Instant now) {
    return proof.password() ? users.signedIn(user.id(), now) : Uni.createFrom().voidItem();
  }

  Uni<Void> failed(Origin origin, Attempt attempt) {
    return audit.append(
        event(origin, attempt, false).error("Failure", "Failed authentication").entry());
  }

  /// The record of how an attempt ended.
  static CloudTrail event(Origin origin, Attempt attempt, boolean success) {
    String event = attempt.renews() == null ? "ConsoleLogin" : "CheckMfa";
    CloudTrail trail =
        new CloudTrail(origin)
            .event("signin.amazonaws.com", event, "AwsConsoleSignIn")
            .readOnly(false)
            .signIn(event, success, attempt.proof().mfa(), device(attempt));
    if (!attempt.upstream().isEmpty()) {
      trail.identityProvider(attempt.upstream());
    }
    if (!attempt.account().isEmpty()) {
      trail.claimedBy(attempt.account(), attempt.userName());
    }
    return trail;
  }
}
