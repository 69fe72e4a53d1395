package dev.daypass.wire.daypass;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.RoleName;
import dev.daypass.wire.iam.UserName;
import dev.daypass.wire.sts.SourceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels about the sessions there are, and about their end. AWS has no such actions: its
/// sessions cannot be seen, and end by a policy that denies what is older than an instant.
public final class SessionMessages {
  private SessionMessages() {}

  /// The sessions and sign-ins that have not expired, newest first. Own ones, or those of the
  /// account; a user's, with all that came of them; a role's; those with a source identity.
  public record ListSessions(
      Optional<Boolean> own,
      Optional<UserName> userName,
      Optional<RoleName> roleName,
      Optional<SourceIdentity> sourceIdentity,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<ListSessions.Result> {
    public record Result(List<Session> sessions, boolean isTruncated, Optional<String> marker) {}
  }

  /// One session.
  ///
  /// @param began how: `AssumeRole`, `GetSessionToken`, `ConsoleLogin` …
  /// @param arn who calls with it
  /// @param principalArn the role's or the user's
  /// @param origin the user or the identity provider that it goes back to
  /// @param lineage what it came of, oldest first
  /// @param mfaAt when a second factor was verified for it or for what it came of
  public record Session(
      String sessionId,
      String began,
      String arn,
      String principalArn,
      String origin,
      List<Ancestor> lineage,
      Optional<String> sourceIdentity,
      Optional<Instant> mfaAt,
      Optional<String> mfaSerialNumber,
      String sourceIpAddress,
      String userAgent,
      Instant issuedAt,
      Instant expiresAt,
      boolean revoked) {}

  /// @param id an access key's, a session's or a sign-in's; the ARN of an identity provider
  /// @param arn who called with it, where that is known yet
  public record Ancestor(String id, Optional<String> arn) {}

  /// Ends a session and all that came of it.
  public record RevokeSession(SessionId sessionId) implements Request<Nothing> {}

  /// Ends all that a user, a role or an identity provider was given until an instant, now where
  /// none is named, and all that came of it.
  public record RevokeSessions(PrincipalReference principal, Optional<Instant> issuedBefore)
      implements Request<RevokeSessions.Result> {
    public record Result(Instant issuedBefore) {}
  }
}
