package dev.daypass.sidecar.keeping;

import dev.daypass.client.Credentials;
import dev.daypass.client.sources.Fetched;
import org.jspecify.annotations.Nullable;

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

  /// Those there were are revoked, and the broker gives no others, or has not said yet.
  record Revoked(String code, String message) implements Offer {
    /// In the broker's words, once it has refused others.
    static Revoked after(@Nullable Fetched failure) {
      return failure instanceof Fetched.Refused(var code, var message)
          ? new Revoked(code, message)
          : new Revoked("Revoked", "The credentials of this role were revoked.");
    }
  }
}
