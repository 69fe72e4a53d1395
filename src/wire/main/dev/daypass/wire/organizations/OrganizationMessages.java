package dev.daypass.wire.organizations;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and Organizations about an organization as a whole.
public final class OrganizationMessages {
  private OrganizationMessages() {}

  public record CreateOrganization(Optional<FeatureSet> featureSet)
      implements Request<CreateOrganization.Result> {
    public record Result(Organization organization) {}
  }

  public record DescribeOrganization() implements Request<DescribeOrganization.Result> {
    public record Result(Organization organization) {}
  }

  public record DeleteOrganization() implements Request<Nothing> {}

  public record ListRoots(Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<ListRoots.Result> {
    public record Result(List<Root> roots) {}
  }

  public record EnablePolicyType(RootId rootId, PolicyType policyType)
      implements Request<EnablePolicyType.Result> {
    public record Result(Root root) {}
  }

  public record DisablePolicyType(RootId rootId, PolicyType policyType)
      implements Request<DisablePolicyType.Result> {
    public record Result(Root root) {}
  }

  public record ListAWSServiceAccessForOrganization(
      Optional<NextToken> nextToken, Optional<MaxResults> maxResults)
      implements Request<ListAWSServiceAccessForOrganization.Result> {
    public record Result(List<EnabledServicePrincipal> enabledServicePrincipals) {}

    public record EnabledServicePrincipal(String servicePrincipal, Instant dateEnabled) {}
  }

  public record ListDelegatedAdministrators(
      Optional<ServicePrincipal> servicePrincipal,
      Optional<NextToken> nextToken,
      Optional<MaxResults> maxResults)
      implements Request<ListDelegatedAdministrators.Result> {
    public record Result(List<DelegatedAdministrator> delegatedAdministrators) {}

    public record DelegatedAdministrator(String id, String arn, Instant delegationEnabledDate) {}
  }

  public record Organization(
      String id,
      String arn,
      FeatureSet featureSet,
      String masterAccountArn,
      String masterAccountId,
      Optional<String> masterAccountEmail,
      List<PolicyTypeSummary> availablePolicyTypes) {}

  public record Root(String id, String arn, String name, List<PolicyTypeSummary> policyTypes) {}

  /// @param status `ENABLED`
  public record PolicyTypeSummary(PolicyType type, String status) {}
}
