package dev.daypass.wire.sts;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Optional;

/// Asks for a session for somebody whom the calling user vouches for.
public record GetFederationToken(
    FederatedUserName name,
    Optional<SessionPolicyText> policy,
    @AtMost(10) List<AssumeRole.PolicyDescriptor> policyArns,
    Optional<TokenDuration> durationSeconds,
    @AtMost(50) List<Tag> tags,
    Optional<MinimumSessionTokenSize> minimumSessionTokenSize)
    implements Request<GetFederationToken.Result> {

  public record Result(
      Credentials credentials,
      FederatedUser federatedUser,
      Optional<Integer> packedPolicySize,
      int sessionTokenUtilization,
      int sessionTokenSize) {}

  public record FederatedUser(String federatedUserId, String arn) {}
}
