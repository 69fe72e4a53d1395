package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.identities.RoleIdentity;
import dev.daypass.broker.identities.UserIdentity;
import dev.daypass.broker.mfa.Codes;
import dev.daypass.policy.Access;
import dev.daypass.policy.Policy;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.DeviceSerialNumber;
import dev.daypass.wire.sts.SourceIdentity;
import dev.daypass.wire.sts.TokenDuration;
import dev.daypass.wire.sts.TokenMessages.GetAccessKeyInfo;
import dev.daypass.wire.sts.TokenMessages.GetCallerIdentity;
import dev.daypass.wire.sts.TokenMessages.GetSessionToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/// Trades identities for sessions.
///
/// @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html">STS
///   actions</a>
@Singleton
public final class SessionActions {
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);
  private static final Duration USUAL_USER_SESSION = Duration.ofHours(12);

  private final RoleSessions roleSessions;
  private final Authorizer authorizer;
  private final Codes codes;
  private final SessionTokens tokens;
  private final SecureRandom random;

  SessionActions(
      RoleSessions roleSessions,
      Authorizer authorizer,
      Codes codes,
      SessionTokens tokens,
      SecureRandom random) {
    this.roleSessions = roleSessions;
    this.authorizer = authorizer;
    this.codes = codes;
    this.tokens = tokens;
    this.random = random;
  }

  /// An unknown role and a distrustful one look the same from outside.
  public Uni<AssumeRole.Result> assumeRole(Caller caller, AssumeRole request) {
    refuseRoot(caller);
    SessionTags tags = SessionTags.of(caller, request);
    Optional<Policy> policy = RoleSessions.policy(request.policy(), request.policyArns());
    Optional<String> sourceIdentity = sourceIdentity(caller, request);
    return proveSecondFactor(caller, request.serialNumber(), request.tokenCode())
        .chain(proven -> trustingRole(proven, request, tags, sourceIdentity))
        .call(() -> roleSessions.checkArns(request.roleArn().account(), request.policyArns()))
        .map(role -> mint(caller, role, request, tags, policy, sourceIdentity));
  }

  private Uni<RoleIdentity> trustingRole(
      Caller caller, AssumeRole request, SessionTags tags, Optional<String> sourceIdentity) {
    return roleSessions
        .find(request.roleArn())
        .map(found -> found.orElseThrow(() -> denied(caller, request)))
        .call(
            role ->
                decide(caller, role, TrustDecision.Wish.of(request, tags, sourceIdentity))
                    .map(decision -> decision.orElseThrow(() -> denied(caller, request)))
                    .invoke(decision -> decision.refused().ifPresent(SessionActions::refuse)));
  }

  /// What was decided: the first of all that must be allowed which is not.
  private record Decided(Optional<Access> refused) {}

  /// Absent where the role's account is closed.
  private Uni<Optional<Decided>> decide(Caller caller, RoleIdentity role, TrustDecision.Wish wish) {
    return roleSessions
        .owner(role)
        .chain(
            owner ->
                authorizer
                    .policiesOf(caller)
                    .map(
                        own ->
                            owner
                                .map(is -> TrustDecision.decide(own, caller, role, is, wish))
                                .map(Decided::new)));
  }

  private AssumeRole.Result mint(
      Caller caller,
      RoleIdentity role,
      AssumeRole request,
      SessionTags tags,
      Optional<Policy> policy,
      Optional<String> sourceIdentity) {
    SessionMint mint =
        new SessionMint(
            Session.Kind.ROLE,
            role.account(),
            role.arn(),
            role.id(),
            request.roleSessionName().value(),
            Optional.empty(),
            sourceIdentity,
            tags.all(),
            tags.transitive(),
            policy,
            request.policyArns().stream().map(arn -> arn.arn().value()).toList(),
            Lineage.of(caller),
            caller.session().flatMap(Session::signIn),
            Optional.empty());
    RoleSessions.Opened opened =
        roleSessions.open(
            mint,
            role,
            duration(caller, role, request),
            request.minimumSessionTokenSize(),
            caller.origin().time());
    return new AssumeRole.Result(
        opened.credentials(),
        opened.user(),
        opened.packedPolicySize(),
        sourceIdentity,
        opened.issued().utilization(),
        opened.issued().size());
  }

  /// Who a session of a role is.
  public static Principal.AssumedRole assumed(Session session, RoleIdentity role) {
    return new Principal.AssumedRole(
        role.arn(),
        role.id(),
        role.name(),
        session.name(),
        role.account(),
        SessionTags.over(role.tags(), session.tags()),
        session.federation().filter(Federation::isIdentityProvider).map(Federation::provider));
  }

  /// Who a session is that a user asked for.
  public static Principal.FederatedUser federated(Session session, UserIdentity user) {
    return new Principal.FederatedUser(
        session.name(),
        user.arn(),
        user.id(),
        user.account(),
        SessionTags.over(user.tags(), session.tags()));
  }

  private static Duration duration(Caller caller, RoleIdentity role, AssumeRole request) {
    Duration wanted = RoleSessions.duration(role, request.durationSeconds());
    if (caller.hasAssumedRole() && wanted.compareTo(LONGEST_CHAINED) > 0) {
      throw VALIDATION_ERROR.error(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining.");
    }
    return wanted;
  }

  /// A source identity, once set, goes on through every role and cannot be changed.
  private static Optional<String> sourceIdentity(Caller caller, AssumeRole request) {
    Optional<String> inherited = caller.session().flatMap(Session::sourceIdentity);
    Optional<String> wanted = request.sourceIdentity().map(SourceIdentity::value);
    if (wanted.isPresent() && inherited.isPresent() && !wanted.equals(inherited)) {
      throw denied(caller, request);
    }
    RoleSessions.checkSourceIdentity(wanted);
    return wanted.or(() -> inherited);
  }

  /// The caller with a second factor verified, where the request brings one.
  private Uni<Caller> proveSecondFactor(
      Caller caller, Optional<DeviceSerialNumber> serial, Optional<AuthenticationCode> code) {
    if (serial.isEmpty() && code.isEmpty()) {
      return Uni.createFrom().item(caller);
    }
    if (serial.isEmpty() || code.isEmpty()) {
      throw ACCESS_DENIED.error(
          "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass"
              + " code.");
    }
    Principal.User user =
        caller
            .user()
            .orElseThrow(
                () ->
                    ACCESS_DENIED.error(
                        "MultiFactorAuthentication failed, unable to validate MFA code.  Please"
                            + " verify your MFA serial number is valid and associated with this"
                            + " user."));
    Secret digits = code.get().value();
    return codes
        .use(caller.account(), user.id(), serial.get().value(), digits, caller.origin().time())
        .replaceWith(caller.withMfa());
  }

  public Uni<GetSessionToken.Result> getSessionToken(Caller caller, GetSessionToken request) {
    if (caller.session().isPresent()) {
      throw ACCESS_DENIED.error("Cannot call GetSessionToken with session credentials");
    }
    Duration lifetime =
        request
            .durationSeconds()
            .map(TokenDuration::value)
            .map(Duration::ofSeconds)
            .orElse(USUAL_USER_SESSION);
    return proveSecondFactor(caller, request.serialNumber(), request.tokenCode())
        .map(proven -> userSession(proven, lifetime, Optional.empty()))
        .map(session -> tokens.issue(session, request.minimumSessionTokenSize()))
        .map(
            issued ->
                new GetSessionToken.Result(
                    issued.credentials(), issued.utilization(), issued.size()));
  }

  /// A session of the calling user.
  public Session userSession(Caller caller, Duration lifetime, Optional<String> signIn) {
    Principal.User user =
        caller
            .user()
            .orElseThrow(() -> ACCESS_DENIED.error("Only users can have sessions of their own."));
    return SessionMint.ofUser(
            caller.account(),
            user.userArn(),
            user.id(),
            user.name(),
            caller.mfaAt(),
            Lineage.of(caller),
            signIn)
        .open(lifetime, caller.origin().time(), random);
  }

  public Uni<GetCallerIdentity.Result> getCallerIdentity(Caller caller, GetCallerIdentity request) {
    return Uni.createFrom()
        .item(new GetCallerIdentity.Result(caller.userId(), caller.account(), caller.arn()));
  }

  public Uni<GetAccessKeyInfo.Result> getAccessKeyInfo(Caller caller, GetAccessKeyInfo request) {
    return Uni.createFrom()
        .item(
            request
                .accessKeyId()
                .account()
                .orElseThrow(
                    () ->
                        VALIDATION_ERROR.error(
                            "No account is known for access key %s."
                                .formatted(request.accessKeyId()))))
        .map(GetAccessKeyInfo.Result::new);
  }

  private static void refuseRoot(Caller caller) {
    if (caller.principal() instanceof Principal.Root) {
      throw ACCESS_DENIED.error("Roles may not be assumed by root accounts.");
    }
  }

  private static void refuse(Access refused) {
    throw ACCESS_DENIED.error(
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(
                refused.principal().arn().orElseThrow(), refused.action(), refused.resource()));
  }

  private static RuntimeException denied(Caller caller, AssumeRole request) {
    return ACCESS_DENIED.error(
        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
            .formatted(caller.arn(), request.roleArn()));
  }

  /// Whether the caller could assume the role, as things are.
  public Uni<Boolean> couldAssume(Caller caller, RoleIdentity role, AssumeRole request) {
    return decide(caller, role, TrustDecision.Wish.of(request, SessionTags.NONE, Optional.empty()))
        .map(decision -> decision.filter(is -> is.refused().isEmpty()).isPresent());
  }
}
