package dev.daypass.wire.sts;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Named;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.List;
import java.util.Optional;

/// Trades the caller's identity for a session of a role that trusts it.
public record AssumeRole(
    RoleArn roleArn,
    RoleSessionName roleSessionName,
    @AtMost(10) List<PolicyDescriptor> policyArns,
    Optional<SessionPolicyText> policy,
    Optional<RoleDuration> durationSeconds,
    @AtMost(50) List<Tag> tags,
    @AtMost(50) List<TagKey> transitiveTagKeys,
    Optional<ExternalId> externalId,
    Optional<DeviceSerialNumber> serialNumber,
    Optional<AuthenticationCode> tokenCode,
    Optional<SourceIdentity> sourceIdentity,
    @AtMost(5) List<ProvidedContext> providedContexts,
    Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
    implements Request<AssumeRole.Result> {

  /// A managed policy that narrows the session. Its member is lower case on the wire.
  public record PolicyDescriptor(@Named("arn") PolicyArn arn) {}

  public record ProvidedContext(Optional<String> providerArn, Optional<String> contextAssertion) {}

  public record Result(
      Credentials credentials,
      AssumedRoleUser assumedRoleUser,
      Optional<Integer> packedPolicySize,
      Optional<String> sourceIdentity,
      int sessionTokenUtilization,
      int sessionTokenSize) {}

  public record AssumedRoleUser(String assumedRoleId, String arn) {}
}
