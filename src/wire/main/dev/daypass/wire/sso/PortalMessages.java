package dev.daypass.wire.sso;

import dev.daypass.wire.InQuery;
import dev.daypass.wire.Named;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import dev.daypass.wire.iam.RoleName;
import java.util.List;
import java.util.Optional;

/// What travels between a tool and the portal.
///
/// @see <a href="https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/">IAM Identity
///   Center Portal API</a>
public final class PortalMessages {
  private PortalMessages() {}

  /// `GET /assignment/accounts`.
  public record ListAccounts(
      @InQuery @Named("max_result") Optional<MaxItems> maxResults,
      @InQuery @Named("next_token") Optional<Marker> nextToken) {
    public record Result(List<AccountInfo> accountList, Optional<String> nextToken) {}
  }

  public record AccountInfo(String accountId, String accountName, Optional<String> emailAddress) {}

  /// `GET /assignment/roles`.
  public record ListAccountRoles(
      @InQuery @Named("account_id") AccountId accountId,
      @InQuery @Named("max_result") Optional<MaxItems> maxResults,
      @InQuery @Named("next_token") Optional<Marker> nextToken) {
    public record Result(List<RoleInfo> roleList, Optional<String> nextToken) {}
  }

  public record RoleInfo(String roleName, String accountId) {}

  /// `GET /federation/credentials`.
  public record GetRoleCredentials(
      @InQuery @Named("account_id") AccountId accountId,
      @InQuery @Named("role_name") RoleName roleName) {
    public record Result(RoleCredentials roleCredentials) {}
  }

  /// @param expiration milliseconds since 1970
  public record RoleCredentials(
      String accessKeyId, Secret secretAccessKey, Secret sessionToken, long expiration) {}
}
