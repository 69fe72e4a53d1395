package dev.daypass.wire.organizations;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Organizations about organizational units, and about the tree
/// that they and the accounts are in.
public final class UnitMessages {
  private UnitMessages() {}

  public record CreateOrganizationalUnit(
      ParentId parentId, OrganizationalUnitName name, @AtMost(50) List<Tag> tags)
      implements Request<CreateOrganizationalUnit.Result> {
    public record Result(OrganizationalUnit organizationalUnit) {}
  }

  public record UpdateOrganizationalUnit(
      OrganizationalUnitId organizationalUnitId, Optional<OrganizationalUnitName> name)
      implements Request<UpdateOrganizationalUnit.Result> {
    public record Result(OrganizationalUnit organizationalUnit) {}
  }

  public record DeleteOrganizationalUnit(OrganizationalUnitId organizationalUnitId)
      implements Request<Nothing> {}

  public record DescribeOrganizationalUnit(OrganizationalUnitId organizationalUnitId)
      implements Request<DescribeOrganizationalUnit.Result> {
    public record Result(OrganizationalUnit organizationalUnit) {}
  }

  public record ListOrganizationalUnitsForParent(
      ParentId parentId, Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<ListOrganizationalUnitsForParent.Result> {
    public record Result(
        List<OrganizationalUnit> organizationalUnits, Optional<String> nextToken) {}
  }

  public record ListParents(
      ChildId childId, Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<ListParents.Result> {
    public record Result(List<Parent> parents) {}
  }

  public record ListChildren(
      ParentId parentId,
      ChildType childType,
      Optional<NextToken> nextToken,
      Optional<MaxResults> maxResults)
      implements Request<ListChildren.Result> {
    public record Result(List<Child> children, Optional<String> nextToken) {}
  }

  public record TagResource(TaggableResourceId resourceId, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagResource(TaggableResourceId resourceId, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListTagsForResource(TaggableResourceId resourceId, Optional<NextToken> nextToken)
      implements Request<ListTagsForResource.Result> {
    public record Result(List<Tag> tags) {}
  }

  public record OrganizationalUnit(String id, String arn, String name, String path) {}

  /// @param type `ROOT` or `ORGANIZATIONAL_UNIT`
  public record Parent(String id, String type) {}

  public record Child(String id, ChildType type) {}
}
