package dev.daypass.broker.servercertificates;

import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.Path;
import dev.daypass.wire.iam.PathPrefix;
import dev.daypass.wire.iam.ServerCertificateMessages.DeleteServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.GetServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.ListServerCertificateTags;
import dev.daypass.wire.iam.ServerCertificateMessages.ListServerCertificates;
import dev.daypass.wire.iam.ServerCertificateMessages.TagServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UntagServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UpdateServerCertificate;
import dev.daypass.wire.iam.ServerCertificateMessages.UploadServerCertificate;
import dev.daypass.wire.iam.ServerCertificateName;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What callers can do to server certificates.
@Singleton
public final class ServerCertificateActions {
  private static final String UPDATE = "iam:UpdateServerCertificate";

  private final PostgresServerCertificates certificates;
  private final PostgresTags tags;
  private final Authorizer authorizer;
  private final SecureRandom random;

  ServerCertificateActions(
      PostgresServerCertificates certificates,
      PostgresTags tags,
      Authorizer authorizer,
      SecureRandom random) {
    this.certificates = certificates;
    this.tags = tags;
    this.authorizer = authorizer;
    this.random = random;
  }

  /// The certificate a call is about. One that is not there has the ARN it would have without a
  /// path.
  public Uni<Target> target(Caller caller, ServerCertificateName name) {
    return certificates
        .find(caller.account(), name.value())
        .chain(
            found ->
                found
                    .map(this::target)
                    .orElseGet(() -> Uni.createFrom().item(place(caller, "/", name.value()))));
  }

  private Uni<Target> target(ServerCertificate certificate) {
    return tags.of(certificate.id())
        .map(own -> Target.tagged(certificate.arn(), certificate.account(), own));
  }

  /// Where a certificate is to be.
  public Uni<Target> uploaded(Caller caller, UploadServerCertificate request) {
    Target place = place(caller, pathOf(request.path()), request.serverCertificateName().value());
    return Uni.createFrom().item(place.with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller, ListServerCertificates request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("/");
    return Uni.createFrom().item(place(caller, prefix, ""));
  }

  private static Target place(Caller caller, String path, String name) {
    return Target.of(ServerCertificate.arn(caller.account(), path, name), caller.account());
  }

  private static String pathOf(Optional<Path> path) {
    return path.map(Path::value).orElse("/");
  }

  public Uni<UploadServerCertificate.Result> upload(
      Caller caller, UploadServerCertificate request) {
    ServerCertificate certificate = read(caller, request);
    return refuseTaken(certificate.account(), certificate.name())
        .chain(() -> certificates.count(certificate.account()))
        .invoke(count -> Quota.SERVER_CERTIFICATES.check(count + 1))
        .chain(() -> certificates.add(certificate))
        .chain(() -> tags.put(certificate.id(), request.tags()))
        .map(
            _ -> new UploadServerCertificate.Result(certificate.listed(), present(request.tags())));
  }

  private ServerCertificate read(Caller caller, UploadServerCertificate request) {
    X509Certificate checked = Uploaded.check(request, caller.origin().time());
    return new ServerCertificate(
        UniqueId.random(UniqueId.Kind.SERVER_CERTIFICATE, random),
        caller.account(),
        pathOf(request.path()),
        request.serverCertificateName().value(),
        // AWS gives them back without the blanks around them, and Terraform replaces what differs.
        request.certificateBody().value().strip(),
        request.certificateChain().map(chain -> chain.value().strip()),
        caller.origin().time(),
        checked.getNotAfter().toInstant());
  }

  private static Optional<List<Tag>> present(List<Tag> own) {
    return own.isEmpty() ? Optional.empty() : Optional.of(own);
  }

  private Uni<Void> refuseTaken(String account, String name) {
    return certificates
        .find(account, name)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "The Server Certificate with name %s already exists.".formatted(name));
              }
            })
        .replaceWithVoid();
  }

  public Uni<GetServerCertificate.Result> get(Caller caller, GetServerCertificate request) {
    return certificate(caller, request.serverCertificateName())
        .chain(certificate -> tags.list(certificate.id()).map(certificate::onWire))
        .map(GetServerCertificate.Result::new);
  }

  public Uni<ListServerCertificates.Result> list(Caller caller, ListServerCertificates request) {
    String prefix = request.pathPrefix().map(PathPrefix::value).orElse("");
    return certificates
        .page(caller.account(), prefix, Page.Wanted.of(request.marker(), request.maxItems()))
        .map(page -> page.map(ServerCertificate::listed))
        .map(
            page ->
                new ListServerCertificates.Result(page.items(), page.isTruncated(), page.marker()));
  }

  /// Whoever renames a certificate must be allowed to change what it is and what it becomes.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html">UpdateServerCertificate</a>
  public Uni<Nothing> update(Caller caller, UpdateServerCertificate request) {
    return certificate(caller, request.serverCertificateName())
        .chain(
            certificate -> {
              ServerCertificate renamed = renamed(certificate, request);
              return permit(caller, renamed)
                  .chain(() -> refuseTakenByAnother(certificate, renamed))
                  .chain(() -> certificates.update(renamed));
            })
        .replaceWith(NOTHING);
  }

  private static ServerCertificate renamed(
      ServerCertificate certificate, UpdateServerCertificate request) {
    return certificate.renamed(
        request.newPath().map(Path::value).orElse(certificate.path()),
        request
            .newServerCertificateName()
            .map(ServerCertificateName::value)
            .orElse(certificate.name()));
  }

  private Uni<Void> permit(Caller caller, ServerCertificate renamed) {
    return target(renamed).chain(target -> authorizer.require(caller, UPDATE, target));
  }

  private Uni<Void> refuseTakenByAnother(ServerCertificate before, ServerCertificate renamed) {
    return renamed.name().equalsIgnoreCase(before.name())
        ? Uni.createFrom().voidItem()
        : refuseTaken(renamed.account(), renamed.name());
  }

  public Uni<Nothing> delete(Caller caller, DeleteServerCertificate request) {
    return certificate(caller, request.serverCertificateName())
        .call(certificate -> tags.removeAll(certificate.id()))
        .chain(certificate -> certificates.remove(certificate.id()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> tag(Caller caller, TagServerCertificate request) {
    return certificate(caller, request.serverCertificateName())
        .chain(certificate -> tags.put(certificate.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagServerCertificate request) {
    return certificate(caller, request.serverCertificateName())
        .chain(certificate -> tags.remove(certificate.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListServerCertificateTags request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return certificate(caller, request.serverCertificateName())
        .chain(certificate -> tags.page(certificate.id(), wanted));
  }

  private Uni<ServerCertificate> certificate(Caller caller, ServerCertificateName name) {
    return certificates.get(caller.account(), name.value());
  }
}
