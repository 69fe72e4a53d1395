package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleSessionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A certificate, which signs the call, for a session of a role. It is in no SDK: AWS's own helper
/// calls it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-create-session.html">CreateSession</a>
@Http(method = "POST", path = "/sessions", status = 201)
public record CreateSession(
    @InQuery ProfileArn profileArn,
    @InQuery RoleArn roleArn,
    @InQuery TrustAnchorArn trustAnchorArn,
    Optional<SessionDuration> durationSeconds,
    Map<String, String> instanceProperties,
    Optional<RoleSessionName> roleSessionName,
    Optional<String> sessionName)
    implements Request<CreateSession.Result> {
  public record Result(List<CredentialResponse> credentialSet, String subjectArn) {}

  public record CredentialResponse(
      AssumeRole.AssumedRoleUser assumedRoleUser,
      Credentials credentials,
      Optional<Integer> packedPolicySize,
      String roleArn,
      Optional<String> sourceIdentity) {}

  public record Credentials(
      String accessKeyId, Secret secretAccessKey, Secret sessionToken, DateTime expiration) {}
}
