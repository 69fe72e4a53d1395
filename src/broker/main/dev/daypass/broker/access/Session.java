package dev.daypass.broker.access;

import dev.daypass.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a proven session token says.
///
/// @param id the token's own id, unguessable
/// @param principalArn the role's or the user's ARN, with its path; the root's; the OIDC provider's
///   of a sign-in without a user
/// @param principalId the role's or the user's unique id; the account of a root; the OIDC
///   provider's ARN of a sign-in without a user
/// @param name the role session's name; the user's name for sessions of users, and the federated
///   user's for theirs; the `sub` of a sign-in without a user
/// @param mfaAt when a second factor was verified for these credentials; sessions of roles have
///   none
/// @param policy the policy that narrows the session, and `policyArns` the managed ones
/// @param lineage what it came of
/// @param signIn the sign-in it descends from
/// @param federation who vouched for whoever began it, where an identity provider did
/// @param delegate for whom it is, where the principal granted a delegation request
public record Session(
    String id,
    String accessKeyId,
    Kind kind,
    String account,
    String principalArn,
    String principalId,
    String name,
    Instant issuedAt,
    Instant expiresAt,
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

  /// A session that no identity provider vouched for, for oneself.
  public Session(
      String id,
      String accessKeyId,
      Kind kind,
      String account,
      String principalArn,
      String principalId,
      String name,
      Instant issuedAt,
      Instant expiresAt,
      Optional<Instant> mfaAt,
      Optional<String> sourceIdentity,
      Map<String, String> tags,
      Set<String> transitiveTagKeys,
      Optional<Policy> policy,
      List<String> policyArns,
      Lineage lineage,
      Optional<String> signIn) {
    this(
        id,
        accessKeyId,
        kind,
        account,
        principalArn,
        principalId,
        name,
        issuedAt,
        expiresAt,
        mfaAt,
        sourceIdentity,
        tags,
        transitiveTagKeys,
        policy,
        policyArns,
        lineage,
        signIn,
        Optional.empty(),
        Optional.empty());
  }

  /// Whose permissions a session has.
  public enum Kind {
    /// A role's, by AssumeRole.
    ROLE,
    /// A user's own, by GetSessionToken or a sign-in.
    USER,
    /// A user's, within the session's policies, for somebody else: by GetFederationToken.
    FEDERATED,
    /// An account's root, by AssumeRoot.
    ROOT,
    /// Nobody's: the sign-in of somebody whom an OIDC provider vouches for, and who has no user. No
    /// token is of one; what it is for is to assume roles.
    WEB_IDENTITY
  }

  public Session {
    tags = Map.copyOf(tags);
    transitiveTagKeys = Set.copyOf(transitiveTagKeys);
    policyArns = List.copyOf(policyArns);
  }

  /// What it came of, and itself last.
  public List<Lineage.Link> links() {
    return lineage.and(this);
  }

  /// This sign-in as one login of a tool's, which is a link of its own in what comes of it.
  ///
  /// @param login its id
  public Session login(String login) {
    return new Session(
        id,
        login,
        kind,
        account,
        principalArn,
        principalId,
        name,
        issuedAt,
        expiresAt,
        mfaAt,
        sourceIdentity,
        tags,
        transitiveTagKeys,
        policy,
        policyArns,
        new Lineage(links(), lineage.keys()),
        signIn);
  }

  /// Whether something narrows it.
  public boolean narrowed() {
    return policy.isPresent() || !policyArns.isEmpty();
  }

  public boolean expired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// Whether it is a person's sign-in itself, and not what came of one.
  public boolean isSignIn() {
    return signIn.filter(accessKeyId::equals).isPresent();
  }
}
