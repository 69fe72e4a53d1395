package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about the policies that users, groups and roles have:
/// inline ones, attached ones, and the boundaries around them.
public final class PermissionMessages {
  private PermissionMessages() {}

  public record PolicyNamePage(
      List<String> policyNames, boolean isTruncated, Optional<String> marker) {}

  public record AttachedPolicyPage(
      List<AttachedPolicy> attachedPolicies, boolean isTruncated, Optional<String> marker) {}

  public record AttachedPolicy(String policyName, String policyArn) {}

  public record PutUserPolicy(UserName userName, PolicyName policyName, PolicyText policyDocument)
      implements Request<Nothing> {}

  public record GetUserPolicy(UserName userName, PolicyName policyName)
      implements Request<GetUserPolicy.Result> {
    public record Result(String userName, String policyName, PolicyText policyDocument) {}
  }

  public record DeleteUserPolicy(UserName userName, PolicyName policyName)
      implements Request<Nothing> {}

  public record ListUserPolicies(
      UserName userName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<PolicyNamePage> {}

  public record AttachUserPolicy(UserName userName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record DetachUserPolicy(UserName userName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record ListAttachedUserPolicies(
      UserName userName,
      Optional<PolicyPath> pathPrefix,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<AttachedPolicyPage> {}

  public record PutUserPermissionsBoundary(UserName userName, PolicyArn permissionsBoundary)
      implements Request<Nothing> {}

  public record DeleteUserPermissionsBoundary(UserName userName) implements Request<Nothing> {}

  public record PutGroupPolicy(
      GroupName groupName, PolicyName policyName, PolicyText policyDocument)
      implements Request<Nothing> {}

  public record GetGroupPolicy(GroupName groupName, PolicyName policyName)
      implements Request<GetGroupPolicy.Result> {
    public record Result(String groupName, String policyName, PolicyText policyDocument) {}
  }

  public record DeleteGroupPolicy(GroupName groupName, PolicyName policyName)
      implements Request<Nothing> {}

  public record ListGroupPolicies(
      GroupName groupName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<PolicyNamePage> {}

  public record AttachGroupPolicy(GroupName groupName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record DetachGroupPolicy(GroupName groupName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record ListAttachedGroupPolicies(
      GroupName groupName,
      Optional<PolicyPath> pathPrefix,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<AttachedPolicyPage> {}

  public record PutRolePolicy(RoleName roleName, PolicyName policyName, PolicyText policyDocument)
      implements Request<Nothing> {}

  public record GetRolePolicy(RoleName roleName, PolicyName policyName)
      implements Request<GetRolePolicy.Result> {
    public record Result(String roleName, String policyName, PolicyText policyDocument) {}
  }

  public record DeleteRolePolicy(RoleName roleName, PolicyName policyName)
      implements Request<Nothing> {}

  public record ListRolePolicies(
      RoleName roleName, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<PolicyNamePage> {}

  public record AttachRolePolicy(RoleName roleName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record DetachRolePolicy(RoleName roleName, PolicyArn policyArn)
      implements Request<Nothing> {}

  public record ListAttachedRolePolicies(
      RoleName roleName,
      Optional<PolicyPath> pathPrefix,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<AttachedPolicyPage> {}

  public record PutRolePermissionsBoundary(RoleName roleName, PolicyArn permissionsBoundary)
      implements Request<Nothing> {}

  public record DeleteRolePermissionsBoundary(RoleName roleName) implements Request<Nothing> {}
}
