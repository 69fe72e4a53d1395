package dev.daypass.broker.delegation;

import dev.daypass.broker.access.Caller;
import dev.daypass.policy.Context;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.DelegationMessages.DelegationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A request for permissions of an account, for a while.
///
/// @param ownerAccount the account it is for; absent where any account may take it on
/// @param ownerArn who has taken it on
/// @param changedAt when its state was last moved on; for a finalized one, when it was sent
/// @param expiresAt when it is left alone for too long
public record Delegation(
    String id,
    Requestor requestor,
    Asked asked,
    Optional<String> ownerAccount,
    Optional<String> ownerArn,
    DelegationState state,
    Optional<String> notes,
    Optional<String> rejectionReason,
    Optional<Approver> approver,
    Instant createdAt,
    Instant changedAt,
    Instant expiresAt) {
  /// How long nobody may have taken it on, and how long it may stay as it is after that.
  static final Duration UNTAKEN = Duration.ofDays(1);

  static final Duration LEFT_ALONE = Duration.ofDays(7);

  /// How long what was granted may wait to be sent. With the longest session after it, that is
  /// shorter than the end of the granter's credentials is remembered.
  static final Duration UNSENT = Duration.ofDays(1);

  /// The ARN of a request, as the policies of an account name it.
  static String arn(String account, String id) {
    return Arn.iam(account, "delegation-request/" + id).toString();
  }

  /// The state as of now.
  public DelegationState state(Instant now) {
    return now.isBefore(expiresAt) ? state : DelegationState.EXPIRED;
  }

  /// When what was granted ends: the time that was asked for, from when it was sent.
  public Instant endsAt() {
    return changedAt.plus(asked.sessionDuration());
  }

  /// Whether the caller may know of it at all.
  boolean concerns(Caller caller) {
    return requestor.is(caller) || ownedBy(caller.account());
  }

  /// Whether it is the account's, or could be.
  boolean ownedBy(String account) {
    return ownerAccount.isEmpty() || ownerAccount.get().equals(account);
  }

  /// Whether it is the caller who has taken it on.
  boolean takenOnBy(Caller caller) {
    return ownerAccount.equals(Optional.of(caller.account()))
        && ownerArn.equals(Optional.of(caller.arn()));
  }

  /// The condition keys that come with it.
  Context context() {
    return Context.builder().put("iam:DelegationRequestOwner", ownerArn).build();
  }

  DelegationRequest onWire(Instant now) {
    return new DelegationRequest(
        id,
        ownerAccount,
        asked.description(),
        asked.message(),
        asked.permissions(),
        asked.policy(),
        ownerArn,
        approver.map(Approver::arn),
        state(now).name(),
        expiresAt,
        requestor.account(),
        requestor.name(),
        createdAt,
        (int) asked.sessionDuration().toSeconds(),
        asked.redirectUrl(),
        notes,
        rejectionReason,
        asked.onlySendByOwner(),
        changedAt);
  }
}
