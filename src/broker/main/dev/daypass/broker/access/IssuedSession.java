package dev.daypass.broker.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the trail keeps of a session that began, so that it can be seen while it lasts.
///
/// @param id its access key's; a sign-in's own
/// @param account of the role or the user
/// @param principalId the unique id of the role or the user; the OIDC provider's ARN of a sign-in
///   without a user
/// @param arn who calls with it; the user id of whom the provider means, without a user
/// @param principalArn the role's or the user's, or the OIDC provider's
/// @param mfaAt when a second factor was verified for it or for what it came of
public record IssuedSession(
    String id,
    String account,
    String principalId,
    String arn,
    String principalArn,
    Lineage lineage,
    Optional<String> sourceIdentity,
    Optional<Instant> mfaAt,
    Optional<String> mfaDevice,
    Instant issuedAt,
    Instant expiresAt) {
  /// A session of a user.
  ///
  /// @param keys the marks of the broker's keys that vouch for it
  public static IssuedSession ofUser(Session session, List<String> keys, Optional<String> device) {
    return of(
        session, session.principalArn(), new Lineage(session.lineage().ancestors(), keys), device);
  }

  /// A session as its token tells of it.
  ///
  /// @param arn who calls with it
  public static IssuedSession of(Session session, String arn) {
    return of(session, arn, session.lineage(), Optional.empty());
  }

  private static IssuedSession of(
      Session session, String arn, Lineage lineage, Optional<String> device) {
    return new IssuedSession(
        session.accessKeyId(),
        session.account(),
        session.principalId(),
        arn,
        session.principalArn(),
        lineage,
        session.sourceIdentity(),
        session.mfaAt(),
        device,
        session.issuedAt(),
        session.expiresAt());
  }

  /// The user's unique id, or the identity provider's ARN, that it goes back to.
  public String origin() {
    return lineage.ancestors().isEmpty()
        ? principalId
        : lineage.ancestors().getFirst().principalId();
  }
}
