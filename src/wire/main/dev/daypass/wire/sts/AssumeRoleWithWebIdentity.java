package dev.daypass.wire.sts;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// Trades the token of an identity provider for a session of a role that trusts the provider. The
/// token proves the caller: the call is not signed.
public record AssumeRoleWithWebIdentity(
    RoleArn roleArn,
    RoleSessionName roleSessionName,
    WebIdentityToken webIdentityToken,
    Optional<ProviderId> providerId,
    @AtMost(10) List<AssumeRole.PolicyDescriptor> policyArns,
    Optional<SessionPolicyText> policy,
    Optional<RoleDuration> durationSeconds,
    Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
    implements Request<AssumeRoleWithWebIdentity.Result> {

  public record Result(
      Credentials credentials,
      String subjectFromWebIdentityToken,
      AssumeRole.AssumedRoleUser assumedRoleUser,
      Optional<Integer> packedPolicySize,
      String provider,
      String audience,
      Optional<String> sourceIdentity,
      int sessionTokenUtilization,
      int sessionTokenSize) {}
}
