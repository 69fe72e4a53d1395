package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Session;
import dev.daypass.broker.documents.Documents;
import dev.daypass.broker.identities.AccountIdentity;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.MinimumSessionTokenSize;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleDuration;
import dev.daypass.wire.sts.SessionPolicyText;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What every way to assume a role has in common: the role, how long, what narrows the session, and
/// its credentials.
@Singleton
final class RoleSessions {
  private static final Duration USUAL = Duration.ofHours(1);
  private static final int LONGEST_POLICIES = 2048;

  /// A session that has begun.
  ///
  /// @param packedPolicySize per cent of what the token may take; absent where nothing was passed
  record Opened(
      SessionTokens.Issued issued,
      AssumeRole.AssumedRoleUser user,
      Optional<Integer> packedPolicySize) {
    Credentials credentials() {
      return issued.credentials();
    }
  }

  private final Identities identities;
  private final SessionTokens tokens;
  private final SecureRandom random;

  RoleSessions(Identities identities, SessionTokens tokens, SecureRandom random) {
    this.identities = identities;
    this.tokens = tokens;
    this.random = random;
  }

  /// What is no role's ARN names no role.
  Uni<Optional<RoleIdentity>> find(RoleArn roleArn) {
    String arn = roleArn.value();
    return roleArn.wellFormed()
        ? identities.role(arn)
        : Uni.createFrom().failure(VALIDATION_ERROR.error(arn + " is invalid"));
  }

  /// The role's account; absent where it was closed, and nobody assumes a role any more.
  Uni<Optional<AccountIdentity>> owner(RoleIdentity role) {
    return identities
        .account(role.account())
        .map(found -> found.filter(account -> !account.closed()));
  }

  /// How long a session is to last, at most as long as the role allows.
  static Duration duration(RoleIdentity role, Optional<RoleDuration> asked) {
    Duration wanted = asked.map(RoleDuration::value).map(Duration::ofSeconds).orElse(USUAL);
    if (wanted.compareTo(role.longestSession()) > 0) {
      throw VALIDATION_ERROR.error(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return wanted;
  }

  static void checkSourceIdentity(Optional<String> wanted) {
    if (wanted.filter(is -> is.startsWith("aws:")).isPresent()) {
      throw VALIDATION_ERROR.error("Source identity cannot begin with aws:");
    }
  }

  /// The policy that narrows a session, where there is one.
  static Optional<Policy> policy(
      Optional<SessionPolicyText> inline, List<AssumeRole.PolicyDescriptor> arns) {
    int size =
        inline.map(text -> text.value().length()).orElse(0)
            + arns.stream().mapToInt(arn -> arn.arn().value().length()).sum();
    if (size > LONGEST_POLICIES) {
      throw VALIDATION_ERROR.error(
          "1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must"
              + " have length less than or equal to "
              + LONGEST_POLICIES);
    }
    return inline.map(text -> Documents.parse(PolicyType.SESSION, "session policy", text.value()));
  }

  /// Managed policies that narrow a session are of the account of whom it is a session of, or come
  /// with Daypass.
  Uni<Void> checkArns(String account, List<AssumeRole.PolicyDescriptor> arns) {
    Uni<Void> checked = Uni.createFrom().voidItem();
    for (AssumeRole.PolicyDescriptor descriptor : arns) {
      String arn = descriptor.arn().value();
      boolean own = arn.startsWith("arn:aws:iam::" + account + ":policy/");
      boolean ours = arn.startsWith("arn:aws:iam::aws:policy/");
      checked =
          checked
              .chain(() -> identities.policy(arn))
              .invoke(
                  found -> {
                    if (found.isEmpty() || !(own || ours)) {
                      throw VALIDATION_ERROR.error(arn + " is invalid");
                    }
                  })
              .replaceWithVoid();
    }
    return checked;
  }

  /// Begins a session, now.
  Opened open(
      SessionMint mint,
      RoleIdentity role,
      Duration lifetime,
      Optional<MinimumSessionTokenSize> tokenSize,
      Instant now) {
    Session session = mint.open(lifetime, now, random);
    SessionTokens.Issued issued = tokens.issue(session, tokenSize);
    return new Opened(
        issued,
        new AssumeRole.AssumedRoleUser(
            role.id() + ":" + session.name(),
            SessionActions.assumed(session, role).arn().orElseThrow()),
        issued.packedPolicySize(session));
  }
}
