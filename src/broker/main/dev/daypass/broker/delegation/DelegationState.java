package dev.daypass.broker.delegation;

/// How far a request has come. It only moves on, by statements that name where it moves from.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html">Temporary
///   delegation</a>
public enum DelegationState {
  /// Nobody has taken it on.
  UNASSIGNED,
  /// Somebody of the account has.
  ASSIGNED,
  /// Somebody has said more about it, for whoever is to decide.
  PENDING_APPROVAL,
  /// Granted, and not yet sent: still to be rejected.
  ACCEPTED,
  REJECTED,
  /// Granted and sent: it can be traded in.
  FINALIZED,
  /// It was left alone for too long. Never stored: time makes it so.
  EXPIRED
}
