package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about groups and who is in them.
public final class GroupMessages {
  private GroupMessages() {}

  public record CreateGroup(Optional<Path> path, GroupName groupName)
      implements Request<CreateGroup.Result> {
    public record Result(Group group) {}
  }

  public record GetGroup(GroupName groupName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<GetGroup.Result> {
    public record Result(
        Group group, List<UserMessages.User> users, boolean isTruncated, Optional<String> marker) {}
  }

  public record ListGroups(
      Optional<PathPrefix> pathPrefix, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<GroupPage> {}

  public record ListGroupsForUser(
      UserName userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<GroupPage> {}

  public record GroupPage(List<Group> groups, boolean isTruncated, Optional<String> marker) {}

  public record UpdateGroup(
      GroupName groupName, Optional<Path> newPath, Optional<GroupName> newGroupName)
      implements Request<Nothing> {}

  public record DeleteGroup(GroupName groupName) implements Request<Nothing> {}

  public record AddUserToGroup(GroupName groupName, UserName userName)
      implements Request<Nothing> {}

  public record RemoveUserFromGroup(GroupName groupName, UserName userName)
      implements Request<Nothing> {}

  public record Group(
      String path, String groupName, String groupId, String arn, Instant createDate) {}
}
