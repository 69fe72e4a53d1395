package dev.daypass.broker.signin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import java.time.Instant;
import java.util.Optional;

/// What there is to know of a sign-in, without the token that proves it. Times are seconds since
/// 1970.
///
/// @param userId what AWS calls the user id: a user's unique id; the provider's ARN, the audience
///   and the subject of somebody without a user
/// @param signIn its id
/// @param mfaAt when a second factor was verified; 0 where none was
/// @param keyMark the mark of the broker's key that vouched for it
public record SignInFacts(
    String userId, String signIn, long issuedAt, long expiresAt, long mfaAt, String keyMark) {
  /// Of whoever has signed in.
  public static SignInFacts of(Caller caller) {
    Session session = caller.session().orElseThrow();
    return new SignInFacts(
        caller.userId(),
        session.signIn().orElseThrow(),
        session.issuedAt().getEpochSecond(),
        session.expiresAt().getEpochSecond(),
        session.mfaAt().map(Instant::getEpochSecond).orElse(0L),
        session.lineage().keys().getFirst());
  }

  /// Whether it is of somebody without a user, for whom a provider vouches.
  boolean federated() {
    return userId.startsWith("arn:");
  }

  Optional<Instant> verifiedAt() {
    return mfaAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(mfaAt));
  }

  /// Whether it has run out by itself.
  public boolean expired(Instant now) {
    return now.getEpochSecond() >= expiresAt;
  }
}
