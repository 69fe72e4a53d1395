package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.outboundfederation.BearerTokens;
import dev.daypass.broker.proxies.ProxiedService;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.uses.Uses;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Arn;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.SignedClaim;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The road of requests that a proxy asks about: prove who sent it, ask the policies, record,
/// answer. The request proves itself, so the proxy needs no credentials, and learns of nobody whose
/// signature it does not have.
@Singleton
final class ProxyCalls {
  private final Signatures signatures;
  private final Authorizer authorizer;
  private final Audit audit;
  private final Uses uses;
  private final BearerTokens bearers;

  ProxyCalls(
      Signatures signatures, Authorizer authorizer, Audit audit, Uses uses, BearerTokens bearers) {
    this.bearers = bearers;
    this.signatures = signatures;
    this.authorizer = authorizer;
    this.audit = audit;
    this.uses = uses;
  }

  /// Who may send this to the service; fails with AWS's refusals where nobody may, or they may not.
  Uni<Caller> authorize(ProxiedService service, ProxiedRequest request, Origin origin) {
    String name = service.action().substring(service.action().indexOf(':') + 1);
    CloudTrail trail =
        new CloudTrail(origin)
            .event(service.seen().name() + ".amazonaws.com", name, "AwsApiCall")
            .readOnly(request.message().method().matches("GET|HEAD|OPTIONS"));
    return Uni.createFrom()
        .deferred(() -> proven(service, request, origin, trail))
        .call(() -> audit.append(trail.entry()))
        .onFailure()
        .recoverWithUni(failure -> refused(failure, origin, trail));
  }

  private Uni<Caller> proven(
      ProxiedService service, ProxiedRequest request, Origin origin, CloudTrail trail) {
    Target target = service.target(request.message());
    trail.parameters(JsonNodeFactory.instance.objectNode().put("resource", target.arn()));
    return caller(service, request, client(service, request, origin), target)
        .invoke(trail::by)
        .call(caller -> permit(service, caller, target));
  }

  private Uni<Caller> caller(
      ProxiedService service, ProxiedRequest request, Origin origin, Target target) {
    Optional<String> token = request.bearer();
    return token.isPresent() && !service.audiences().isEmpty()
        ? bearer(service, token.get(), origin, target)
        : signer(service, request, origin);
  }

  private Uni<Caller> signer(ProxiedService service, ProxiedRequest request, Origin origin) {
    request.checkBody();
    SignedClaim claim =
        SignedClaim.read(
            request.message(),
            request.bodySeen() ? service.seen() : service.unseen(),
            origin.time());
    return signatures
        .prove(claim, origin)
        .map(Signatures.Proven::caller)
        .invoke(caller -> Calls.noteUse(uses, caller, service.seen().name()));
  }

  /// Whoever brings a token is whom the issuer names, and not that user or role: what narrowed a
  /// session that asked for the token is not in it. So only the service's own policy gives it
  /// anything, and a scope takes from that.
  private Uni<Caller> bearer(ProxiedService service, String token, Origin origin, Target target) {
    return bearers
        .verify(token, service.account(), service.audiences(), origin.time())
        .invoke(
            bearer -> {
              if (!bearer.covers(service.action(), target.arn())) {
                throw ErrorCode.ACCESS_DENIED.error(
                    "The scope of the token does not cover %s on resource: %s"
                        .formatted(service.action(), target.arn()));
              }
            })
        .map(bearer -> federated(service, bearer, origin));
  }

  private static Caller federated(
      ProxiedService service, BearerTokens.Bearer bearer, Origin origin) {
    String issuer = bearer.issuer().replaceFirst("^https?://", "");
    OidcFederation federation =
        new OidcFederation(
            Arn.iam(service.account(), "oidc-provider/" + issuer).toString(),
            bearer.subject(),
            bearer.audience(),
            List.of());
    return Caller.federated(
        service.account(),
        new WebIdentity(federation, federation.context(), List.of(), List.of(), Optional.empty()),
        origin);
  }

  private Uni<Void> permit(ProxiedService service, Caller caller, Target target) {
    return authorizer
        .policiesOf(caller)
        .map(own -> service.policy().map(own::on).orElse(own))
        .invoke(policies -> Authorizer.require(policies, caller, service.action(), target))
        .replaceWithVoid();
  }

  /// The peer is the proxy: where the client is, only the proxy can tell.
  private static Origin client(ProxiedService service, ProxiedRequest request, Origin origin) {
    return service
        .clientAddressHeader()
        .map(
            header ->
                origin.through(
                    ProxiedRequest.address(request.message(), header),
                    ProxiedRequest.one(request.message(), "x-forwarded-proto").equals("https")))
        .orElseGet(() -> origin.through("", false));
  }

  private Uni<Caller> refused(Throwable failure, Origin origin, CloudTrail trail) {
    ApiError refusal = Refusals.of(failure, origin.callId());
    trail.error(refusal.code().wireName(), refusal.text());
    return audit
        .append(trail.entry())
        .onFailure()
        .transform(unrecorded -> Refusals.of(unrecorded, origin.callId()))
        .chain(() -> Uni.createFrom().failure(refusal));
  }
}
