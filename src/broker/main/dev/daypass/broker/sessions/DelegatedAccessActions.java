package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.EXPIRED_TRADE_IN_TOKEN;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Delegate;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.delegation.Approver;
import dev.daypass.broker.delegation.Delegation;
import dev.daypass.broker.delegation.DelegationState;
import dev.daypass.broker.delegation.PostgresDelegations;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.sts.GetDelegatedAccessToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Trades a granted request for credentials of whoever granted it, within the policy that was asked
/// for. AWS sends whoever asked a token; here the request's own id is it, and worth nothing to
/// anybody but whoever asked, whose signature is over the call. It can be traded in until the time
/// that was granted is over, and nothing that comes of it lasts longer.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html">GetDelegatedAccessToken</a>
@Singleton
public final class DelegatedAccessActions {
  private final PostgresDelegations delegations;
  private final SessionTokens tokens;
  private final SecureRandom random;

  DelegatedAccessActions(
      PostgresDelegations delegations, SessionTokens tokens, SecureRandom random) {
    this.delegations = delegations;
    this.tokens = tokens;
    this.random = random;
  }

  /// What is not there, is not the caller's or was not sent looks the same from outside.
  public Uni<GetDelegatedAccessToken.Result> trade(Caller caller, GetDelegatedAccessToken request) {
    return delegations
        .find(request.tradeInToken().value())
        .map(found -> found.filter(delegation -> delegation.requestor().is(caller)))
        .map(found -> found.filter(is -> is.state() == DelegationState.FINALIZED))
        .map(found -> found.orElseThrow(DelegatedAccessActions::refused))
        .map(delegation -> open(caller, delegation));
  }

  private GetDelegatedAccessToken.Result open(Caller caller, Delegation delegation) {
    Instant now = Instant.ofEpochSecond(caller.origin().time().getEpochSecond());
    Duration left = Duration.between(now, delegation.endsAt()).truncatedTo(ChronoUnit.SECONDS);
    if (!left.isPositive()) {
      throw EXPIRED_TRADE_IN_TOKEN.error("The trade-in token has expired.");
    }
    Approver approver = delegation.approver().orElseThrow();
    Session session = mint(caller, delegation, approver).open(left, now, random);
    SessionTokens.Issued issued = tokens.issue(session);
    return new GetDelegatedAccessToken.Result(
        issued.credentials(), issued.packedPolicySize(session), approver.arn());
  }

  private static SessionMint mint(Caller caller, Delegation delegation, Approver approver) {
    Policy policy =
        Policy.parse(PolicyType.SESSION, "delegation request", delegation.asked().policy());
    return new SessionMint(
        approver.kind(),
        approver.account(),
        approver.principalArn(),
        approver.principalId(),
        approver.name(),
        approver.mfaAt(),
        approver.sourceIdentity(),
        approver.tags(),
        Set.of(),
        Optional.of(policy),
        List.of(),
        lineage(caller, approver),
        Optional.empty(),
        approver.federation(),
        Optional.of(new Delegate(delegation.id(), delegation.requestor().account())));
  }

  /// It ends with the credentials that granted it, and with those that trade it in.
  private static Lineage lineage(Caller caller, Approver approver) {
    List<Lineage.Link> links = new ArrayList<>(approver.via());
    links.addAll(Lineage.of(caller).ancestors());
    return new Lineage(links, List.of());
  }

  private static RuntimeException refused() {
    return ACCESS_DENIED.error("The trade-in token is invalid.");
  }
}
