package dev.daypass.broker.calls;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.proxies.ProxiedService;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.uses.Uses;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.sigv4.SignedClaim;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// The road of requests that a proxy asks about: prove who sent it, ask the policies, record,
/// answer. The request proves itself, so the proxy needs no credentials, and learns of nobody whose
/// signature it does not have.
@Singleton
final class ProxyCalls {
  private final Signatures signatures;
  private final Authorizer authorizer;
  private final Audit audit;
  private final Uses uses;

  ProxyCalls(Signatures signatures, Authorizer authorizer, Audit audit, Uses uses) {
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
    SignedClaim claim =
        SignedClaim.read(
            request.message(),
            request.bodySeen() ? service.seen() : service.unseen(),
            origin.time());
    return signatures
        .prove(claim, client(service, request, origin))
        .map(Signatures.Proven::caller)
        .invoke(trail::by)
        .invoke(caller -> Calls.noteUse(uses, caller, service.seen().name()))
        .call(caller -> authorizer.require(caller, service.action(), target));
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
