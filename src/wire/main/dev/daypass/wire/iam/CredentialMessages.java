package dev.daypass.wire.iam;

import dev.daypass.wire.AccessKeyId;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about what users prove themselves with: access keys and
/// passwords.
public final class CredentialMessages {
  private CredentialMessages() {}

  public record CreateAccessKey(Optional<UserName> userName)
      implements Request<CreateAccessKey.Result> {
    public record Result(AccessKey accessKey) {}
  }

  public record UpdateAccessKey(Optional<UserName> userName, AccessKeyId accessKeyId, Status status)
      implements Request<Nothing> {}

  public record DeleteAccessKey(Optional<UserName> userName, AccessKeyId accessKeyId)
      implements Request<Nothing> {}

  public record ListAccessKeys(
      Optional<UserName> userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListAccessKeys.Result> {
    public record Result(
        List<AccessKeyMetadata> accessKeyMetadata, boolean isTruncated, Optional<String> marker) {}
  }

  public record GetAccessKeyLastUsed(AccessKeyId accessKeyId)
      implements Request<GetAccessKeyLastUsed.Result> {
    public record Result(String userName, AccessKeyLastUsed accessKeyLastUsed) {}
  }

  public record AccessKey(
      String userName,
      AccessKeyId accessKeyId,
      Status status,
      Secret secretAccessKey,
      Instant createDate) {}

  public record AccessKeyMetadata(
      String userName, AccessKeyId accessKeyId, Status status, Instant createDate) {}

  /// A key never used has `N/A` for service and region, and no date.
  public record AccessKeyLastUsed(
      Optional<Instant> lastUsedDate, String serviceName, String region) {}

  public record CreateLoginProfile(
      Optional<UserName> userName,
      Optional<Password> password,
      Optional<Boolean> passwordResetRequired)
      implements Request<CreateLoginProfile.Result> {
    public record Result(LoginProfile loginProfile) {}
  }

  public record GetLoginProfile(Optional<UserName> userName)
      implements Request<GetLoginProfile.Result> {
    public record Result(LoginProfile loginProfile) {}
  }

  public record UpdateLoginProfile(
      UserName userName, Optional<Password> password, Optional<Boolean> passwordResetRequired)
      implements Request<Nothing> {}

  public record DeleteLoginProfile(Optional<UserName> userName) implements Request<Nothing> {}

  public record ChangePassword(Password oldPassword, Password newPassword)
      implements Request<Nothing> {}

  public record LoginProfile(String userName, Instant createDate, boolean passwordResetRequired) {}
}
