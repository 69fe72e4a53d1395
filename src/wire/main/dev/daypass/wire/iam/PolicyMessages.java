package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about managed policies and their versions.
public final class PolicyMessages {
  private PolicyMessages() {}

  public record CreatePolicy(
      PolicyName policyName,
      Optional<PolicyPath> path,
      PolicyText policyDocument,
      Optional<PolicyDescription> description,
      @AtMost(50) List<Tag> tags)
      implements Request<CreatePolicy.Result> {
    public record Result(Policy policy) {}
  }

  public record GetPolicy(PolicyArn policyArn) implements Request<GetPolicy.Result> {
    public record Result(Policy policy) {}
  }

  public record ListPolicies(
      Optional<PolicyScope> scope,
      Optional<Boolean> onlyAttached,
      Optional<PolicyPath> pathPrefix,
      Optional<PolicyUsage> policyUsageFilter,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<ListPolicies.Result> {
    public record Result(List<Policy> policies, boolean isTruncated, Optional<String> marker) {}
  }

  public record DeletePolicy(PolicyArn policyArn) implements Request<Nothing> {}

  public record CreatePolicyVersion(
      PolicyArn policyArn, PolicyText policyDocument, Optional<Boolean> setAsDefault)
      implements Request<CreatePolicyVersion.Result> {
    public record Result(PolicyVersion policyVersion) {}
  }

  public record GetPolicyVersion(PolicyArn policyArn, VersionId versionId)
      implements Request<GetPolicyVersion.Result> {
    public record Result(PolicyVersion policyVersion) {}
  }

  public record ListPolicyVersions(
      PolicyArn policyArn, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListPolicyVersions.Result> {
    public record Result(
        List<PolicyVersion> versions, boolean isTruncated, Optional<String> marker) {}
  }

  public record SetDefaultPolicyVersion(PolicyArn policyArn, VersionId versionId)
      implements Request<Nothing> {}

  public record DeletePolicyVersion(PolicyArn policyArn, VersionId versionId)
      implements Request<Nothing> {}

  public record TagPolicy(PolicyArn policyArn, @AtMost(50) List<Tag> tags)
      implements Request<Nothing> {}

  public record UntagPolicy(PolicyArn policyArn, @AtMost(50) List<TagKey> tagKeys)
      implements Request<Nothing> {}

  public record ListPolicyTags(
      PolicyArn policyArn, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<TagPage> {}

  public record ListEntitiesForPolicy(
      PolicyArn policyArn,
      Optional<EntityType> entityFilter,
      Optional<Path> pathPrefix,
      Optional<PolicyUsage> policyUsageFilter,
      Optional<Marker> marker,
      Optional<MaxItems> maxItems)
      implements Request<ListEntitiesForPolicy.Result> {
    public record Result(
        List<PolicyGroup> policyGroups,
        List<PolicyUser> policyUsers,
        List<PolicyRole> policyRoles,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record PolicyGroup(String groupName, String groupId) {}

  public record PolicyUser(String userName, String userId) {}

  public record PolicyRole(String roleName, String roleId) {}

  /// Lists leave out the description and the tags.
  public record Policy(
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
      Optional<List<Tag>> tags) {}

  /// CreatePolicyVersion and ListPolicyVersions leave out the document.
  public record PolicyVersion(
      Optional<PolicyText> document,
      String versionId,
      boolean isDefaultVersion,
      Instant createDate) {}
}
