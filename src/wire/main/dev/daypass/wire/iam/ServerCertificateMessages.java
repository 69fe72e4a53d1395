package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about server certificates. Private keys travel in one
/// direction only.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html">Server
///   certificates</a>
public final class ServerCertificateMessages {
  private ServerCertificateMessages() {}

  public record UploadServerCertificate(
      Optional<Path> path,
      ServerCertificateName serverCertificateName,
      CertificateBody certificateBody,
      PrivateKey privateKey,
      Optional<CertificateChain> certificateChain,
      @AtMost(50) List<Tag> tags)
      implements Request<UploadServerCertificate.Result> {
    public record Result(
        ServerCertificateMetadata serverCertificateMetadata, Optional<List<Tag>> tags) {}
  }

  public record GetServerCertificate(ServerCertificateName serverCertificateName)
      implements Request<GetServerCertificate.Result> {
    public record Result(ServerCertificate serverCertificate) {}
  }

  public record ListServerCertificates(
      Optional<PathPrefix> pathPrefix, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListServerCertificates.Result> {
    public record Result(
        List<ServerCertificateMetadata> serverCertificateMetadataList,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record UpdateServerCertificate(
      ServerCertificateName serverCertificateName,
      Optional<Path> newPath,
      Optional<ServerCertificateName> newServerCertificateName)
      implements Request<Nothing> {}

  public record DeleteServerCertificate(ServerCertificateName serverCertificateName)
      implements Request<Nothing> {}

  public record TagServerCertificate(
      ServerCertificateName serverCertificateName, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagServerCertificate(
      ServerCertificateName serverCertificateName, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListServerCertificateTags(
      ServerCertificateName serverCertificateName,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  /// @param expiration when the certificate is no longer valid
  public record ServerCertificateMetadata(
      String path,
      String serverCertificateName,
      String serverCertificateId,
      String arn,
      Instant uploadDate,
      Instant expiration) {}

  public record ServerCertificate(
      ServerCertificateMetadata serverCertificateMetadata,
      String certificateBody,
      Optional<String> certificateChain,
      List<Tag> tags) {}
}
