package dev.daypass.broker.sessions;

import dev.daypass.broker.access.Delegate;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
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
    Lineage lineage,
    Optional<String> signIn,
    Optional<Federation> federation,
    Optional<Delegate> delegate) {
  private static final int ID_BYTES = 16;

  /// A session for oneself.
  SessionMint(
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
      Lineage lineage,
      Optional<String> signIn,
      Optional<Federation> federation) {
    this(
        kind,
        account,
        principalArn,
        principalId,
        name,
        mfaAt,
        sourceIdentity,
        tags,
        transitiveTagKeys,
        policy,
        policyArns,
        lineage,
        signIn,
        federation,
        Optional.empty());
  }

  /// A session of a user, which has all that the user has.
  static SessionMint ofUser(
      String account,
      String arn,
      String id,
      String name,
      Optional<Instant> mfaAt,
      Lineage lineage,
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
        lineage,
        signIn,
        Optional.empty());
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
        lineage,
        signIn,
        federation,
        delegate);
  }
}
