package dev.daypass.broker.calls;

import dev.daypass.broker.servercertificates.ServerCertificateActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.iam.ServerCertificateMessages.DeleteServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.GetServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.ListServerCertificateTags;
import dev.daypass.wire.iam.ServerCertificateMessages.ListServerCertificates;
import dev.daypass.wire.iam.ServerCertificateMessages.TagServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UntagServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UpdateServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UploadServerCertificate;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on server certificates.
@Singleton
final class ServerCertificateCatalogue implements CatalogueSection {
  private final ServerCertificateActions certificates;

  ServerCertificateCatalogue(ServerCertificateActions certificates) {
    this.certificates = certificates;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(
            GetServerCertificate.class,
            (c, r) -> certificates.target(c, r.serverCertificateName()),
            certificates::get),
        Action.read(ListServerCertificates.class, certificates::listed, certificates::list),
        Action.read(
            ListServerCertificateTags.class,
            (c, r) -> certificates.target(c, r.serverCertificateName()),
            certificates::listTags),
        Action.write(UploadServerCertificate.class, certificates::uploaded, certificates::upload),
        Action.write(
            UpdateServerCertificate.class,
            (c, r) -> certificates.target(c, r.serverCertificateName()),
            certificates::update),
        Action.write(
            DeleteServerCertificate.class,
            (c, r) -> certificates.target(c, r.serverCertificateName()),
            certificates::delete),
        Action.write(
            TagServerCertificate.class,
            (c, r) ->
                certificates
                    .target(c, r.serverCertificateName())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            certificates::tag),
        Action.write(
            UntagServerCertificate.class,
            (c, r) ->
                certificates
                    .target(c, r.serverCertificateName())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            certificates::untag));
  }
}
