package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.calls.Action.Permission;
import dev.daypass.broker.calls.Action.Proof;
import dev.daypass.broker.rolesanywhere.CertificateIdentities;
import dev.daypass.broker.rolesanywhere.CrlActions;
import dev.daypass.broker.rolesanywhere.ProfileActions;
import dev.daypass.broker.rolesanywhere.ResourceActions;
import dev.daypass.broker.rolesanywhere.SubjectActions;
import dev.daypass.broker.rolesanywhere.TrustAnchorActions;
import dev.daypass.broker.sessions.CertificateActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Request;
import dev.daypass.wire.Service;
import dev.daypass.wire.rolesanywhere.CreateSession;
import dev.daypass.wire.rolesanywhere.CrlMessages.DeleteCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.DisableCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.EnableCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.GetCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.ImportCrl;
import dev.daypass.wire.rolesanywhere.CrlMessages.ListCrls;
import dev.daypass.wire.rolesanywhere.CrlMessages.UpdateCrl;
import dev.daypass.wire.rolesanywhere.ProfileMessages.CreateProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DeleteAttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DeleteProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DisableProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.EnableProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.GetProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.ListProfiles;
import dev.daypass.wire.rolesanywhere.ProfileMessages.PutAttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.UpdateProfile;
import dev.daypass.wire.rolesanywhere.SubjectMessages.GetSubject;
import dev.daypass.wire.rolesanywhere.SubjectMessages.ListSubjects;
import dev.daypass.wire.rolesanywhere.TagMessages.ListTagsForResource;
import dev.daypass.wire.rolesanywhere.TagMessages.TagResource;
import dev.daypass.wire.rolesanywhere.TagMessages.UntagResource;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.CreateTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.DeleteTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.DisableTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.EnableTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.GetTrustAnchor;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.ListTrustAnchors;
import dev.daypass.wire.rolesanywhere.TrustAnchorMessages.UpdateTrustAnchor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The actions of IAM Roles Anywhere.
@Singleton
final class RolesAnywhereCatalogue implements CatalogueSection {
  private final ResourceActions resources;
  private final TrustAnchorActions anchors;
  private final ProfileActions profiles;
  private final CrlActions crls;
  private final SubjectActions subjects;
  private final CertificateIdentities identities;
  private final CertificateActions sessions;

  RolesAnywhereCatalogue(
      ResourceActions resources,
      TrustAnchorActions anchors,
      ProfileActions profiles,
      CrlActions crls,
      SubjectActions subjects,
      CertificateIdentities identities,
      CertificateActions sessions) {
    this.resources = resources;
    this.anchors = anchors;
    this.profiles = profiles;
    this.crls = crls;
    this.subjects = subjects;
    this.identities = identities;
    this.sessions = sessions;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return Stream.of(ofSessions(), ofTrustAnchors(), ofProfiles(), ofCrls(), ofTags())
        .flatMap(List::stream)
        .toList();
  }

  private List<Action<?, ?>> ofSessions() {
    return List.of(
        // The trust policy decides alone: a certificate is no identity of ours.
        new Action<>(
            Service.ROLESANYWHERE,
            CreateSession.class,
            false,
            new Proof.ByCertificate<>(identities::prove),
            new Permission.Handler<>(),
            sessions::create),
        read(GetSubject.class, (c, r) -> resources.subject(c, r.subjectId()), subjects::get),
        read(ListSubjects.class, (c, _) -> resources.any(c), subjects::list));
  }

  private List<Action<?, ?>> ofTrustAnchors() {
    return List.of(
        write(CreateTrustAnchor.class, (c, r) -> resources.made(c, r.tags()), anchors::create),
        read(
            GetTrustAnchor.class,
            (c, r) -> resources.trustAnchor(c, r.trustAnchorId()),
            anchors::get),
        read(ListTrustAnchors.class, (c, _) -> resources.any(c), anchors::list),
        write(
            UpdateTrustAnchor.class,
            (c, r) -> resources.trustAnchor(c, r.trustAnchorId()),
            anchors::update),
        write(
            EnableTrustAnchor.class,
            (c, r) -> resources.trustAnchor(c, r.trustAnchorId()),
            anchors::enable),
        write(
            DisableTrustAnchor.class,
            (c, r) -> resources.trustAnchor(c, r.trustAnchorId()),
            anchors::disable),
        write(
            DeleteTrustAnchor.class,
            (c, r) -> resources.trustAnchor(c, r.trustAnchorId()),
            anchors::delete));
  }

  private List<Action<?, ?>> ofProfiles() {
    return List.of(
        write(CreateProfile.class, (c, r) -> resources.made(c, r.tags()), profiles::create),
        read(GetProfile.class, (c, r) -> resources.profile(c, r.profileId()), profiles::get),
        read(ListProfiles.class, (c, _) -> resources.any(c), profiles::list),
        write(UpdateProfile.class, (c, r) -> resources.profile(c, r.profileId()), profiles::update),
        write(EnableProfile.class, (c, r) -> resources.profile(c, r.profileId()), profiles::enable),
        write(
            DisableProfile.class, (c, r) -> resources.profile(c, r.profileId()), profiles::disable),
        write(DeleteProfile.class, (c, r) -> resources.profile(c, r.profileId()), profiles::delete),
        write(
            PutAttributeMapping.class,
            (c, r) -> resources.profile(c, r.profileId()),
            profiles::putMapping),
        write(
            DeleteAttributeMapping.class,
            (c, r) -> resources.profile(c, r.profileId()),
            profiles::deleteMapping));
  }

  private List<Action<?, ?>> ofCrls() {
    return List.of(
        write(ImportCrl.class, (c, r) -> resources.made(c, r.tags()), crls::create),
        read(GetCrl.class, (c, r) -> resources.crl(c, r.crlId()), crls::get),
        read(ListCrls.class, (c, _) -> resources.any(c), crls::list),
        write(UpdateCrl.class, (c, r) -> resources.crl(c, r.crlId()), crls::update),
        write(EnableCrl.class, (c, r) -> resources.crl(c, r.crlId()), crls::enable),
        write(DisableCrl.class, (c, r) -> resources.crl(c, r.crlId()), crls::disable),
        write(DeleteCrl.class, (c, r) -> resources.crl(c, r.crlId()), crls::delete));
  }

  private List<Action<?, ?>> ofTags() {
    return List.of(
        read(
            ListTagsForResource.class,
            (c, r) -> resources.named(c, r.resourceArn()),
            resources::listTags),
        write(
            TagResource.class,
            (c, r) ->
                resources
                    .named(c, r.resourceArn())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            resources::tag),
        write(
            UntagResource.class,
            (c, r) ->
                resources
                    .named(c, r.resourceArn())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            resources::untag));
  }

  private static <I extends Request<R>, R> Action<I, R> read(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(
        Service.ROLESANYWHERE, type, false, new Permission.Policies<>(target), handler);
  }

  private static <I extends Request<R>, R> Action<I, R> write(
      Class<I> type,
      BiFunction<Caller, I, Uni<Target>> target,
      BiFunction<Caller, I, Uni<R>> handler) {
    return new Action<>(
        Service.ROLESANYWHERE, type, true, new Permission.Policies<>(target), handler);
  }
}
