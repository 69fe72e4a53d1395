package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.Target;
import dev.daypass.policy.Policy;
import dev.daypass.policy.Principal;
import dev.daypass.wire.sts.GetFederationToken;
import dev.daypass.wire.sts.TokenDuration;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Sessions for those whom a user vouches for. They can do what the session's policies and the
/// user's own both allow, and nothing where no policy is passed.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html">GetFederationToken</a>
@Singleton
public final class FederationActions {
  private static final String ACTION = "sts:GetFederationToken";
  private static final Duration USUAL = Duration.ofHours(12);

  private final Authorizer authorizer;
  private final RoleSessions policies;
  private final SessionTokens tokens;
  private final SecureRandom random;

  FederationActions(
      Authorizer authorizer, RoleSessions policies, SessionTokens tokens, SecureRandom random) {
    this.authorizer = authorizer;
    this.policies = policies;
    this.tokens = tokens;
    this.random = random;
  }

  /// Only a user's long-term key may ask: a session cannot outlive itself.
  public Uni<GetFederationToken.Result> get(Caller caller, GetFederationToken request) {
    if (caller.session().isPresent()) {
      throw ACCESS_DENIED.error("Cannot call GetFederationToken with session credentials");
    }
    if (caller.user().isEmpty()) {
      throw ACCESS_DENIED.error("Only users can call GetFederationToken.");
    }
    SessionTags tags = SessionTags.of(request.tags());
    Optional<Policy> policy = RoleSessions.policy(request.policy(), request.policyArns());
    return permit(caller, request, tags)
        .chain(() -> policies.checkArns(caller.account(), request.policyArns()))
        .map(_ -> mint(caller, request, tags, policy).open(lifetime(request), now(caller), random))
        .map(session -> result(session, request));
  }

  private Uni<Void> permit(Caller caller, GetFederationToken request, SessionTags tags) {
    Target target =
        Target.of(arn(caller.account(), request), caller.account()).with(tags.context());
    return authorizer
        .policiesOf(caller)
        .invoke(own -> Authorizer.require(own, caller, ACTION, target))
        .invoke(
            own -> {
              if (tags.any()) {
                Authorizer.require(own, caller, SessionTags.TAG_SESSION, target);
              }
            })
        .replaceWithVoid();
  }

  private static SessionMint mint(
      Caller caller, GetFederationToken request, SessionTags tags, Optional<Policy> policy) {
    Principal.User user = caller.user().orElseThrow();
    return new SessionMint(
        Session.Kind.FEDERATED,
        user.accountId(),
        user.userArn(),
        user.id(),
        request.name().value(),
        Optional.empty(),
        Optional.empty(),
        tags.all(),
        tags.transitive(),
        policy,
        request.policyArns().stream().map(arn -> arn.arn().value()).toList(),
        Lineage.of(caller),
        Optional.empty(),
        Optional.empty());
  }

  private GetFederationToken.Result result(Session session, GetFederationToken request) {
    SessionTokens.Issued issued = tokens.issue(session, request.minimumSessionTokenSize());
    return new GetFederationToken.Result(
        issued.credentials(),
        new GetFederationToken.FederatedUser(
            session.account() + ":" + session.name(), arn(session.account(), request)),
        issued.packedPolicySize(session),
        issued.utilization(),
        issued.size());
  }

  private static Duration lifetime(GetFederationToken request) {
    return request
        .durationSeconds()
        .map(TokenDuration::value)
        .map(Duration::ofSeconds)
        .orElse(USUAL);
  }

  private static Instant now(Caller caller) {
    return caller.origin().time();
  }

  private static String arn(String account, GetFederationToken request) {
    return "arn:aws:sts::" + account + ":federated-user/" + request.name();
  }
}
