package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about users.
public final class UserMessages {
  private UserMessages() {}

  public record CreateUser(
      Optional<Path> path,
      NewUserName userName,
      Optional<PolicyArn> permissionsBoundary,
      @AtMost(50) List<Tag> tags)
      implements Request<CreateUser.Result> {
    public record Result(User user) {}
  }

  public record GetUser(Optional<UserName> userName) implements Request<GetUser.Result> {
    public record Result(User user) {}
  }

  public record ListUsers(
      Optional<PathPrefix> pathPrefix, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListUsers.Result> {
    public record Result(List<User> users, boolean isTruncated, Optional<String> marker) {}
  }

  public record UpdateUser(
      UserName userName, Optional<Path> newPath, Optional<NewUserName> newUserName)
      implements Request<Nothing> {}

  public record DeleteUser(UserName userName) implements Request<Nothing> {}

  public record TagUser(UserName userName, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagUser(UserName userName, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListUserTags(
      UserName userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  /// Lists leave out the boundary and the tags.
  public record User(
      String path,
      String userName,
      String userId,
      String arn,
      Instant createDate,
      Optional<Instant> passwordLastUsed,
      Optional<AttachedPermissionsBoundary> permissionsBoundary,
      Optional<List<Tag>> tags) {}
}
