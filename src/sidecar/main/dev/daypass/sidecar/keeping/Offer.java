package dev.daypass.sidecar.keeping;

import dev.daypass.client.Credentials;

/// What can be answered to who asks for a role's credentials. There is no empty one.
public sealed interface Offer {
  /// Credentials that count.
  ///
  /// @param stale whether fetching others is overdue and has failed
  record Good(Credentials credentials, boolean stale) implements Offer {}

  /// There are none yet, or those there were have expired while the broker could not be asked.
  record None(String code, String message) implements Offer {}

  /// The broker says no. It is asked again, more and more rarely.
  record Refused(String code, String message) implements Offer {}

  /// Those there were are revoked, and the broker gives no others.
  record Revoked() implements Offer {}
}
