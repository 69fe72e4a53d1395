package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.PACKED_POLICY_TOO_LARGE;

import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Session;
import dev.daypass.policy.Policy;
import dev.daypass.wire.AccessKeyId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A session in the making.
///
/// @param principalArn the role's or the user's
/// @param principalId the role's or the user's unique id
record SessionMint(
    Session.Kind kind,
    String account,
    String principalArn,
    String principalId,
    String name,
    Optional<Instant> mfaAt,
    Optional<String> sourceIdentity,
    Map<String, String> tags,
    Set<String> transitiveTagKeys,
    Optional<Policy> policy,
    List<String> policyArns,
    int depth,
    Optional<String> signIn,
    Optional<Federation> federation) {
  private static final int ID_BYTES = 16;

  /// How many bytes policies and tags may take in a token, once they are packed: what AWS calls the
  /// allotted space. A request header has to hold the token.
  private static final int ALLOTTED = 4096;

  /// A session of a user, which has all that the user has.
  static SessionMint ofUser(
      String account,
      String arn,
      String id,
      String name,
      Optional<Instant> mfaAt,
      Optional<String> signIn) {
    return new SessionMint(
        Session.Kind.USER,
        account,
        arn,
        id,
        name,
        mfaAt,
        Optional.empty(),
        Map.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        0,
        signIn,
        Optional.empty());
  }

  /// Per cent of the space there is for policies and tags; absent where there are none. Fails with
  /// `PackedPolicyTooLarge` beyond 100.
  Optional<Integer> packedSize() {
    if (policy.isEmpty() && policyArns.isEmpty() && tags.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder all = new StringBuilder(policy.map(Policy::text).orElse(""));
    policyArns.forEach(all::append);
    tags.forEach((key, value) -> all.append(key).append(value));
    int percent = Math.ceilDiv(Packed.size(all.toString()) * 100, ALLOTTED);
    if (percent > 100) {
      throw PACKED_POLICY_TOO_LARGE.error(
          "Packed policy consumes %d%% of allotted space, please use smaller policy."
              .formatted(percent));
    }
    return Optional.of(percent);
  }

  /// The session, from now on.
  Session open(Duration lifetime, Instant now, SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Instant issued = Instant.ofEpochSecond(now.getEpochSecond());
    return new Session(
        Base64.getUrlEncoder().withoutPadding().encodeToString(id),
        AccessKeyId.random(AccessKeyId.SESSION, account, random).value(),
        kind,
        account,
        principalArn,
        principalId,
        name,
        issued,
        issued.plus(lifetime),
        mfaAt,
        sourceIdentity,
        tags,
        transitiveTagKeys,
        policy,
        policyArns,
        depth,
        signIn,
        federation);
  }
}
