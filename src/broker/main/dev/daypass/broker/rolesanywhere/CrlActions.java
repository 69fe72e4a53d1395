package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Blob;
import dev.daypass.wire.rolesanywhere.CrlMessages.CrlResult;
import dev.daypass.wire.rolesanywhere.CrlMessages.DeleteCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.DisableCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.EnableCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.GetCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.ImportCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.ListCrls;
import dev.daypass.wire.rolesanywhere.CrlMessages.UpdateCrl;
import dev.daypass.wire.rolesanywhere.ResourceId;
import dev.daypass.wire.rolesanywhere.TrustAnchorArn;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What callers can do to certificate revocation lists.
@Singleton
public final class CrlActions {
  private final PostgresRolesAnywhere resources;
  private final PostgresTags tags;

  CrlActions(PostgresRolesAnywhere resources, PostgresTags tags) {
    this.resources = resources;
    this.tags = tags;
  }

  public Uni<CrlResult> create(Caller caller, ImportCrl request) {
    return anchor(caller, request.trustAnchorArn())
        .map(
            anchor ->
                new Crl(
                    Resource.made(Resource.Kind.CRL, caller, request.name(), request.enabled()),
                    anchor.resource().id(),
                    checked(request.crlData(), anchor)))
        .call(
            crl ->
                resources
                    .crls()
                    .all("trustAnchorId", crl.trustAnchorId())
                    .invoke(all -> Quota.CRLS_PER_TRUST_ANCHOR.check(all.size() + 1L)))
        .call(crl -> resources.crls().add(crl))
        .call(crl -> tags.put(crl.resource().id(), request.tags()))
        .map(CrlActions::result);
  }

  private Uni<TrustAnchor> anchor(Caller caller, TrustAnchorArn arn) {
    String id = Resource.Kind.TRUST_ANCHOR.id(Arn.parse(arn.value())).orElse("");
    return resources
        .anchors()
        .find(caller.account(), id)
        .map(found -> found.filter(anchor -> anchor.resource().arn().equals(arn.value())))
        .map(found -> found.orElseThrow(Rows::notFound));
  }

  private static byte[] checked(Blob data, TrustAnchor anchor) {
    RevocationLists.read(data.bytes(), Bundles.read(anchor.certificates()));
    return data.bytes();
  }

  public Uni<CrlResult> get(Caller caller, GetCrl request) {
    return find(caller, request.crlId()).map(CrlActions::result);
  }

  public Uni<ListCrls.Result> list(Caller caller, ListCrls request) {
    return resources
        .crls()
        .page(caller.account(), ResourceActions.wanted(request.nextToken(), request.pageSize()))
        .map(
            page ->
                new ListCrls.Result(
                    page.items().stream().map(Crl::onWire).toList(), page.marker()));
  }

  public Uni<CrlResult> update(Caller caller, UpdateCrl request) {
    return find(caller, request.crlId())
        .chain(
            crl ->
                resources
                    .anchors()
                    .get(caller.account(), crl.trustAnchorId())
                    .map(
                        anchor ->
                            new Crl(
                                crl.resource().named(caller, request.name()),
                                crl.trustAnchorId(),
                                request
                                    .crlData()
                                    .map(data -> checked(data, anchor))
                                    .orElse(crl.data()))))
        .chain(this::put);
  }

  public Uni<CrlResult> enable(Caller caller, EnableCrl request) {
    return turn(caller, request.crlId(), true);
  }

  public Uni<CrlResult> disable(Caller caller, DisableCrl request) {
    return turn(caller, request.crlId(), false);
  }

  private Uni<CrlResult> turn(Caller caller, ResourceId id, boolean on) {
    return find(caller, id)
        .map(crl -> new Crl(crl.resource().switched(caller, on), crl.trustAnchorId(), crl.data()))
        .chain(this::put);
  }

  public Uni<CrlResult> delete(Caller caller, DeleteCrl request) {
    return find(caller, request.crlId())
        .call(crl -> tags.removeAll(crl.resource().id()))
        .call(crl -> resources.crls().remove(crl.resource().id()))
        .map(CrlActions::result);
  }

  private Uni<Crl> find(Caller caller, ResourceId id) {
    return resources.crls().get(caller.account(), id.value());
  }

  private Uni<CrlResult> put(Crl crl) {
    return resources.crls().put(crl).replaceWith(result(crl));
  }

  private static CrlResult result(Crl crl) {
    return new CrlResult(crl.onWire());
  }
}
