package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about instance profiles.
public final class InstanceProfileMessages {
  private InstanceProfileMessages() {}

  public record CreateInstanceProfile(
      InstanceProfileName instanceProfileName, Optional<Path> path, @AtMost(50) List<Tag> tags)
      implements Request<CreateInstanceProfile.Result> {
    public record Result(InstanceProfile instanceProfile) {}
  }

  public record GetInstanceProfile(InstanceProfileName instanceProfileName)
      implements Request<GetInstanceProfile.Result> {
    public record Result(InstanceProfile instanceProfile) {}
  }

  public record ListInstanceProfiles(
      Optional<PathPrefix> pathPrefix, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<InstanceProfilePage> {}

  public record ListInstanceProfilesForRole(
      RoleName roleName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<InstanceProfilePage> {}

  public record InstanceProfilePage(
      List<InstanceProfile> instanceProfiles, boolean isTruncated, Optional<String> marker) {}

  public record AddRoleToInstanceProfile(InstanceProfileName instanceProfileName, RoleName roleName)
      implements Request<Nothing> {}

  public record RemoveRoleFromInstanceProfile(
      InstanceProfileName instanceProfileName, RoleName roleName) implements Request<Nothing> {}

  public record DeleteInstanceProfile(InstanceProfileName instanceProfileName)
      implements Request<Nothing> {}

  public record TagInstanceProfile(
      InstanceProfileName instanceProfileName, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagInstanceProfile(
      InstanceProfileName instanceProfileName, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListInstanceProfileTags(
      InstanceProfileName instanceProfileName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  /// Lists leave out the tags.
  public record InstanceProfile(
      String path,
      String instanceProfileName,
      String instanceProfileId,
      String arn,
      Instant createDate,
      List<RoleMessages.Role> roles,
      Optional<List<Tag>> tags) {}
}
