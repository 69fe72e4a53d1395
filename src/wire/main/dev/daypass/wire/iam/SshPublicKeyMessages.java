package dev.daypass.wire.iam;

import dev.daypass.wire.Named;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about users' SSH public keys.
///
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html">SSH
///   keys</a>
public final class SshPublicKeyMessages {
  private SshPublicKeyMessages() {}

  public record UploadSSHPublicKey(
      UserName userName, @Named("SSHPublicKeyBody") PublicKeyMaterial sshPublicKeyBody)
      implements Request<UploadSSHPublicKey.Result> {
    public record Result(@Named("SSHPublicKey") SshPublicKey sshPublicKey) {}
  }

  public record GetSSHPublicKey(
      UserName userName,
      @Named("SSHPublicKeyId") PublicKeyId sshPublicKeyId,
      PublicKeyEncoding encoding)
      implements Request<GetSSHPublicKey.Result> {
    public record Result(@Named("SSHPublicKey") SshPublicKey sshPublicKey) {}
  }

  public record ListSSHPublicKeys(
      Optional<UserName> userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListSSHPublicKeys.Result> {
    public record Result(
        @Named("SSHPublicKeys") List<SshPublicKeyMetadata> sshPublicKeys,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record UpdateSSHPublicKey(
      UserName userName, @Named("SSHPublicKeyId") PublicKeyId sshPublicKeyId, Status status)
      implements Request<Nothing> {}

  public record DeleteSSHPublicKey(
      UserName userName, @Named("SSHPublicKeyId") PublicKeyId sshPublicKeyId)
      implements Request<Nothing> {}

  /// @param fingerprint the MD5 hash of the key as SSH writes it, in pairs of hexadecimal digits
  ///   (RFC 4716 §4)
  public record SshPublicKey(
      String userName,
      @Named("SSHPublicKeyId") String sshPublicKeyId,
      String fingerprint,
      @Named("SSHPublicKeyBody") String sshPublicKeyBody,
      Status status,
      Instant uploadDate) {}

  public record SshPublicKeyMetadata(
      String userName,
      @Named("SSHPublicKeyId") String sshPublicKeyId,
      Status status,
      Instant uploadDate) {}
}
