package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.InstanceProfileMessages.InstanceProfile;
import dev.daypass.wire.iam.PermissionMessages.AttachedPolicy;
import dev.daypass.wire.iam.PolicyMessages.PolicyVersion;
import dev.daypass.wire.iam.RoleMessages.RoleLastUsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels when a client asks IAM for all that an account's permissions are made of.
public final class AuthorizationDetailsMessages {
  private AuthorizationDetailsMessages() {}

  /// Without a filter, everything.
  public record GetAccountAuthorizationDetails(
      @AtMost(5) List<EntityType> filter, Optional<MaxItems> maxItems, Optional<Marker> marker)
      implements Request<GetAccountAuthorizationDetails.Result> {
    public record Result(
        List<UserDetail> userDetailList,
        List<GroupDetail> groupDetailList,
        List<RoleDetail> roleDetailList,
        List<ManagedPolicyDetail> policies,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  /// An inline policy.
  public record PolicyDetail(String policyName, PolicyText policyDocument) {}

  public record UserDetail(
      String path,
      String userName,
      String userId,
      String arn,
      Instant createDate,
      List<PolicyDetail> userPolicyList,
      List<String> groupList,
      List<AttachedPolicy> attachedManagedPolicies,
      Optional<AttachedPermissionsBoundary> permissionsBoundary,
      List<Tag> tags) {}

  public record GroupDetail(
      String path,
      String groupName,
      String groupId,
      String arn,
      Instant createDate,
      List<PolicyDetail> groupPolicyList,
      List<AttachedPolicy> attachedManagedPolicies) {}

  public record RoleDetail(
      String path,
      String roleName,
      String roleId,
      String arn,
      Instant createDate,
      PolicyText assumeRolePolicyDocument,
      List<InstanceProfile> instanceProfileList,
      List<PolicyDetail> rolePolicyList,
      List<AttachedPolicy> attachedManagedPolicies,
      Optional<AttachedPermissionsBoundary> permissionsBoundary,
      List<Tag> tags,
      RoleLastUsed roleLastUsed) {}

  public record ManagedPolicyDetail(
      String policyName,
      String policyId,
      String arn,
      String path,
      String defaultVersionId,
      int attachmentCount,
      int permissionsBoundaryUsageCount,
      boolean isAttachable,
      Optional<String> description,
      Instant createDate,
      Instant updateDate,
      List<PolicyVersion> policyVersionList) {}
}
