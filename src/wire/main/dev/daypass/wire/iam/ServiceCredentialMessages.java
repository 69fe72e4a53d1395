package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about service-specific credentials: a name and a password
/// for one service, or an API key of it.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html">Service-specific
///   credentials</a>
public final class ServiceCredentialMessages {
  private ServiceCredentialMessages() {}

  public record CreateServiceSpecificCredential(
      UserName userName, ServiceName serviceName, Optional<CredentialAgeDays> credentialAgeDays)
      implements Request<CreateServiceSpecificCredential.Result> {
    public record Result(ServiceSpecificCredential serviceSpecificCredential) {}
  }

  public record ListServiceSpecificCredentials(
      Optional<UserName> userName,
      Optional<ServiceName> serviceName,
      Optional<Boolean> allUsers,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<ListServiceSpecificCredentials.Result> {
    public record Result(
        List<ServiceSpecificCredentialMetadata> serviceSpecificCredentials,
        Optional<String> marker,
        boolean isTruncated) {}
  }

  public record UpdateServiceSpecificCredential(
      Optional<UserName> userName,
      ServiceSpecificCredentialId serviceSpecificCredentialId,
      Status status)
      implements Request<Nothing> {}

  public record ResetServiceSpecificCredential(
      Optional<UserName> userName, ServiceSpecificCredentialId serviceSpecificCredentialId)
      implements Request<ResetServiceSpecificCredential.Result> {
    public record Result(ServiceSpecificCredential serviceSpecificCredential) {}
  }

  public record DeleteServiceSpecificCredential(
      Optional<UserName> userName, ServiceSpecificCredentialId serviceSpecificCredentialId)
      implements Request<Nothing> {}

  /// A credential and its secret, which is told this once: a name and a password, or an alias and
  /// an API key.
  public record ServiceSpecificCredential(
      Instant createDate,
      Optional<Instant> expirationDate,
      String serviceName,
      Optional<String> serviceUserName,
      Optional<Secret> servicePassword,
      Optional<String> serviceCredentialAlias,
      Optional<Secret> serviceCredentialSecret,
      String serviceSpecificCredentialId,
      String userName,
      Status status) {}

  public record ServiceSpecificCredentialMetadata(
      String userName,
      Status status,
      Optional<String> serviceUserName,
      Optional<String> serviceCredentialAlias,
      Instant createDate,
      Optional<Instant> expirationDate,
      String serviceSpecificCredentialId,
      String serviceName) {}
}
