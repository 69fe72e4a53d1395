package dev.daypass.wire.organizations;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import dev.daypass.wire.iam.Tag;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Organizations about policies and what they are attached to.
public final class PolicyMessages {
  private PolicyMessages() {}

  public record CreatePolicy(
      PolicyContent content,
      PolicyDescription description,
      PolicyName name,
      PolicyType type,
      @AtMost(50) List<Tag> tags)
      implements Request<CreatePolicy.Result> {
    public record Result(Policy policy) {}
  }

  public record UpdatePolicy(
      PolicyId policyId,
      Optional<PolicyName> name,
      Optional<PolicyDescription> description,
      Optional<PolicyContent> content)
      implements Request<UpdatePolicy.Result> {
    public record Result(Policy policy) {}
  }

  public record DeletePolicy(PolicyId policyId) implements Request<Nothing> {}

  public record DescribePolicy(PolicyId policyId) implements Request<DescribePolicy.Result> {
    public record Result(Policy policy) {}
  }

  public record ListPolicies(
      PolicyType filter, Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<PolicyPage> {}

  public record ListPoliciesForTarget(
      PolicyTargetId targetId,
      PolicyType filter,
      Optional<NextToken> nextToken,
      Optional<MaxResults> maxResults)
      implements Request<PolicyPage> {}

  public record PolicyPage(List<PolicySummary> policies, Optional<String> nextToken) {}

  public record ListTargetsForPolicy(
      PolicyId policyId, Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<ListTargetsForPolicy.Result> {
    public record Result(List<PolicyTargetSummary> targets, Optional<String> nextToken) {}
  }

  public record AttachPolicy(PolicyId policyId, PolicyTargetId targetId)
      implements Request<Nothing> {}

  public record DetachPolicy(PolicyId policyId, PolicyTargetId targetId)
      implements Request<Nothing> {}

  public record Policy(PolicySummary policySummary, String content) {}

  public record PolicySummary(
      String id,
      String arn,
      String name,
      String description,
      PolicyType type,
      boolean awsManaged) {}

  public record PolicyTargetSummary(String targetId, String arn, String name, TargetType type) {}
}
