package dev.daypass.broker.signin;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.upstream.Upstream;
import dev.daypass.broker.upstream.Upstreams;
import dev.daypass.broker.webidentity.WebIdentities;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.WireError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The caller behind the sign-in of somebody without a user: whom a provider vouched for then, to
/// an account as it is now. It needs the provider to be configured as it was, the account's OIDC
/// provider for the issuer, and the client id among those that this one lists.
@Singleton
final class FederatedCallers {
  private final FederatedSignIns signIns;
  private final Upstreams upstreams;
  private final WebIdentities webIdentities;
  private final Identities identities;

  FederatedCallers(
      FederatedSignIns signIns,
      Upstreams upstreams,
      WebIdentities webIdentities,
      Identities identities) {
    this.signIns = signIns;
    this.upstreams = upstreams;
    this.webIdentities = webIdentities;
    this.identities = identities;
  }

  /// Absent where any of it is not there any more.
  ///
  /// @param keyMarks of all the keys that vouch for the sign-in
  Uni<Optional<Caller>> of(SignInFacts facts, List<String> keyMarks, Origin origin) {
    return signIns
        .find(facts.signIn(), origin.time())
        .chain(
            found ->
                found
                    .map(signIn -> of(signIn, facts, keyMarks, origin))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
        .map(found -> found.filter(caller -> caller.userId().equals(facts.userId())));
  }

  /// The same, where the sign-in is at hand.
  Uni<Optional<Caller>> of(
      FederatedSignIn signIn, SignInFacts facts, List<String> keyMarks, Origin origin) {
    Optional<Upstream> upstream =
        upstreams
            .find(signIn.upstream())
            .filter(is -> is.account().equals(signIn.account()))
            .filter(is -> is.issued(signIn.claims()));
    if (upstream.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Optional<Instant> mfaAt =
        facts.verifiedAt().filter(_ -> upstream.get().provesSecondFactor(signIn.claims()));
    return vouchedFor(signIn, origin)
        .map(found -> found.map(caller -> caller.with(session(caller, facts, mfaAt, keyMarks))));
  }

  private Uni<Optional<Caller>> vouchedFor(FederatedSignIn signIn, Origin origin) {
    return identities
        .account(signIn.account())
        .chain(
            account ->
                account.filter(is -> !is.closed()).isPresent()
                    ? webIdentities
                        .vouchedFor(origin, signIn.account(), signIn.claims())
                        .map(Optional::of)
                        .onFailure(FederatedCallers::isRefusal)
                        .recoverWithItem(Optional.empty())
                    : Uni.createFrom().item(Optional.empty()));
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ApiError refusal
        && refusal.code().status() < WireError.FIRST_SERVER_FAULT;
  }

  /// It comes of the provider, so that it ends with all that the provider vouched for, too.
  private static Session session(
      Caller caller, SignInFacts facts, Optional<Instant> mfaAt, List<String> keyMarks) {
    Federation from = caller.webIdentity().orElseThrow().federation();
    Instant issuedAt = Instant.ofEpochSecond(facts.issuedAt());
    Link origin = new Link(from.credentialId(), from.provider(), issuedAt, List.of());
    return new Session(
        facts.signIn(),
        facts.signIn(),
        Session.Kind.WEB_IDENTITY,
        caller.account(),
        from.provider(),
        from.provider(),
        from.subject(),
        issuedAt,
        Instant.ofEpochSecond(facts.expiresAt()),
        mfaAt,
        Optional.empty(),
        Map.of(),
        Set.of(),
        Optional.empty(),
        List.of(),
        new Lineage(List.of(origin), keyMarks),
        Optional.of(facts.signIn()));
  }
}
