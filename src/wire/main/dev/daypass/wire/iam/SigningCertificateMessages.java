package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about the certificates (X.509) that users sign with.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html">UploadSigningCertificate</a>
public final class SigningCertificateMessages {
  private SigningCertificateMessages() {}

  public record UploadSigningCertificate(
      Optional<UserName> userName, CertificateBody certificateBody)
      implements Request<UploadSigningCertificate.Result> {
    public record Result(SigningCertificate certificate) {}
  }

  public record ListSigningCertificates(
      Optional<UserName> userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListSigningCertificates.Result> {
    public record Result(
        List<SigningCertificate> certificates, boolean isTruncated, Optional<String> marker) {}
  }

  public record UpdateSigningCertificate(
      Optional<UserName> userName, CertificateId certificateId, Status status)
      implements Request<Nothing> {}

  public record DeleteSigningCertificate(Optional<UserName> userName, CertificateId certificateId)
      implements Request<Nothing> {}

  public record SigningCertificate(
      String userName,
      String certificateId,
      String certificateBody,
      Status status,
      Instant uploadDate) {}
}
