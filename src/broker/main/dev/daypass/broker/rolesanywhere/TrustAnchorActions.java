package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.rolesanywhere.CertificateBundle;
import dev.daypass.wire.rolesanywhere.ResourceId;
import dev.daypass.wire.rolesanywhere.SourceType;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.CreateTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.DeleteTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.DisableTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.EnableTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.GetTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.ListTrustAnchors;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.Source;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.SourceData;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.TrustAnchorResult;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.UpdateTrustAnchor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// What callers can do to trust anchors.
@Singleton
public final class TrustAnchorActions {
  private final PostgresRolesAnywhere resources;
  private final PostgresTags tags;

  TrustAnchorActions(PostgresRolesAnywhere resources, PostgresTags tags) {
    this.resources = resources;
    this.tags = tags;
  }

  public Uni<TrustAnchorResult> create(Caller caller, CreateTrustAnchor request) {
    if (!request.notificationSettings().isEmpty()) {
      throw VALIDATION_ERROR.error("Nobody is notified of anything here.");
    }
    TrustAnchor anchor =
        new TrustAnchor(
            Resource.made(Resource.Kind.TRUST_ANCHOR, caller, request.name(), request.enabled()),
            certificates(caller, request.source()));
    return resources
        .anchors()
        .count(caller.account())
        .invoke(count -> Quota.TRUST_ANCHORS.check(count + 1))
        .chain(() -> resources.anchors().add(anchor))
        .chain(() -> tags.put(anchor.resource().id(), request.tags()))
        .map(_ -> new TrustAnchorResult(anchor.onWire()));
  }

  private static String certificates(Caller caller, Source source) {
    if (!source.sourceType().equals(Optional.of(SourceType.CERTIFICATE_BUNDLE))) {
      throw VALIDATION_ERROR.error("The source of a trust anchor must be a CERTIFICATE_BUNDLE.");
    }
    String text =
        source
            .sourceData()
            .flatMap(SourceData::certificates)
            .map(CertificateBundle::value)
            .orElseThrow(() -> VALIDATION_ERROR.error("x509CertificateData is missing."));
    Bundles.read(text, caller.origin().time());
    return text;
  }

  public Uni<TrustAnchorResult> get(Caller caller, GetTrustAnchor request) {
    return find(caller, request.trustAnchorId()).map(TrustAnchorActions::result);
  }

  public Uni<ListTrustAnchors.Result> list(Caller caller, ListTrustAnchors request) {
    return resources
        .anchors()
        .page(caller.account(), ResourceActions.wanted(request.nextToken(), request.pageSize()))
        .map(
            page ->
                new ListTrustAnchors.Result(
                    page.items().stream().map(TrustAnchor::onWire).toList(), page.marker()));
  }

  /// New certificates must have signed the revocation lists that there are: else these would count
  /// for nothing, unnoticed.
  public Uni<TrustAnchorResult> update(Caller caller, UpdateTrustAnchor request) {
    return find(caller, request.trustAnchorId())
        .map(
            anchor ->
                new TrustAnchor(
                    anchor.resource().named(caller, request.name()),
                    request
                        .source()
                        .map(source -> certificates(caller, source))
                        .orElse(anchor.certificates())))
        .call(this::checkLists)
        .chain(this::put);
  }

  private Uni<Void> checkLists(TrustAnchor anchor) {
    return resources
        .crls()
        .all("trustAnchorId", anchor.resource().id())
        .invoke(lists -> checkLists(anchor, lists))
        .replaceWithVoid();
  }

  private static void checkLists(TrustAnchor anchor, List<Crl> lists) {
    lists.forEach(list -> RevocationLists.read(list.data(), Bundles.read(anchor.certificates())));
  }

  public Uni<TrustAnchorResult> enable(Caller caller, EnableTrustAnchor request) {
    return turn(caller, request.trustAnchorId(), true);
  }

  public Uni<TrustAnchorResult> disable(Caller caller, DisableTrustAnchor request) {
    return turn(caller, request.trustAnchorId(), false);
  }

  private Uni<TrustAnchorResult> turn(Caller caller, ResourceId id, boolean on) {
    return find(caller, id)
        .map(
            anchor ->
                new TrustAnchor(anchor.resource().switched(caller, on), anchor.certificates()))
        .chain(this::put);
  }

  /// Its revocation lists go with it.
  public Uni<TrustAnchorResult> delete(Caller caller, DeleteTrustAnchor request) {
    return find(caller, request.trustAnchorId())
        .call(this::removeTags)
        .call(anchor -> resources.anchors().remove(anchor.resource().id()))
        .map(TrustAnchorActions::result);
  }

  private Uni<Void> removeTags(TrustAnchor anchor) {
    return resources
        .crls()
        .all("trustAnchorId", anchor.resource().id())
        .chain(
            lists -> {
              Uni<Void> done = tags.removeAll(anchor.resource().id());
              for (Crl list : lists) {
                done = done.chain(() -> tags.removeAll(list.resource().id()));
              }
              return done;
            });
  }

  private Uni<TrustAnchor> find(Caller caller, ResourceId id) {
    return resources.anchors().get(caller.account(), id.value());
  }

  private Uni<TrustAnchorResult> put(TrustAnchor anchor) {
    return resources.anchors().put(anchor).replaceWith(result(anchor));
  }

  private static TrustAnchorResult result(TrustAnchor anchor) {
    return new TrustAnchorResult(anchor.onWire());
  }
}
