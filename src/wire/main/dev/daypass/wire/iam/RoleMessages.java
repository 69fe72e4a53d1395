package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about roles and who may assume them.
public final class RoleMessages {
  private RoleMessages() {}

  public record CreateRole(
      Optional<Path> path,
      RoleName roleName,
      PolicyText assumeRolePolicyDocument,
      Optional<Description> description,
      Optional<MaxSessionDuration> maxSessionDuration,
      Optional<PolicyArn> permissionsBoundary,
      @AtMost(50) List<Tag> tags)
      implements Request<CreateRole.Result> {
    public record Result(Role role) {}
  }

  public record GetRole(RoleName roleName) implements Request<GetRole.Result> {
    public record Result(Role role) {}
  }

  public record ListRoles(
      Optional<PathPrefix> pathPrefix, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListRoles.Result> {
    public record Result(List<Role> roles, boolean isTruncated, Optional<String> marker) {}
  }

  public record UpdateRole(
      RoleName roleName,
      Optional<Description> description,
      Optional<MaxSessionDuration> maxSessionDuration)
      implements Request<UpdateRole.Result> {
    public record Result() {}
  }

  public record UpdateRoleDescription(RoleName roleName, Description description)
      implements Request<UpdateRoleDescription.Result> {
    public record Result(Role role) {}
  }

  public record UpdateAssumeRolePolicy(RoleName roleName, PolicyText policyDocument)
      implements Request<Nothing> {}

  public record DeleteRole(RoleName roleName) implements Request<Nothing> {}

  public record TagRole(RoleName roleName, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagRole(RoleName roleName, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListRoleTags(
      RoleName roleName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  public record RoleLastUsed(Optional<Instant> lastUsedDate, Optional<String> region) {}

  /// The answer to CreateRole leaves out the longest session and the last use, lists leave out the
  /// boundary, the tags and the last use.
  public record Role(
      String path,
      String roleName,
      String roleId,
      String arn,
      Instant createDate,
      PolicyText assumeRolePolicyDocument,
      Optional<String> description,
      Optional<Integer> maxSessionDuration,
      Optional<AttachedPermissionsBoundary> permissionsBoundary,
      Optional<List<Tag>> tags,
      Optional<RoleLastUsed> roleLastUsed) {}
}
