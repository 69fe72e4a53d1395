package dev.daypass.wire.sts;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Named;
import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// Trades the assertion of a SAML provider for a session of a role that trusts the provider. The
/// assertion proves the caller: the call is not signed.
///
/// @param principalArn the provider
public record AssumeRoleWithSAML(
    RoleArn roleArn,
    RoleArn principalArn,
    @Named("SAMLAssertion") SamlAssertion samlAssertion,
    @AtMost(10) List<AssumeRole.PolicyDescriptor> policyArns,
    Optional<SessionPolicyText> policy,
    Optional<RoleDuration> durationSeconds,
    Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
    implements Request<AssumeRoleWithSAML.Result> {

  public record Result(
      Credentials credentials,
      AssumeRole.AssumedRoleUser assumedRoleUser,
      Optional<Integer> packedPolicySize,
      String subject,
      String subjectType,
      String issuer,
      String audience,
      String nameQualifier,
      Optional<String> sourceIdentity,
      int sessionTokenUtilization,
      int sessionTokenSize) {}
}
