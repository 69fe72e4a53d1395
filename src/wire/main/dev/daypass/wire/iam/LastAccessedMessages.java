package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about when services were last accessed, and by whose
/// leave.
public final class LastAccessedMessages {
  private LastAccessedMessages() {}

  public record GenerateServiceLastAccessedDetails(
      EntityArn arn, Optional<AccessGranularity> granularity)
      implements Request<GenerateServiceLastAccessedDetails.Result> {
    public record Result(String jobId) {}
  }

  public record GetServiceLastAccessedDetails(
      JobId jobId, Optional<MaxItems> maxItems, Optional<Marker> marker)
      implements Request<GetServiceLastAccessedDetails.Result> {
    public record Result(
        String jobStatus,
        AccessGranularity jobType,
        Instant jobCreationDate,
        List<ServiceLastAccessed> servicesLastAccessed,
        Instant jobCompletionDate,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  /// What is known of one service. What was never accessed has no date, entity or region.
  ///
  /// @param trackedActionsLastAccessed absent in reports of services alone, and where there are
  ///   none
  public record ServiceLastAccessed(
      String serviceName,
      Optional<Instant> lastAuthenticated,
      String serviceNamespace,
      Optional<String> lastAuthenticatedEntity,
      Optional<String> lastAuthenticatedRegion,
      int totalAuthenticatedEntities,
      Optional<List<TrackedActionLastAccessed>> trackedActionsLastAccessed) {}

  public record TrackedActionLastAccessed(
      String actionName,
      Optional<String> lastAccessedEntity,
      Optional<Instant> lastAccessedTime,
      Optional<String> lastAccessedRegion) {}

  public record GetServiceLastAccessedDetailsWithEntities(
      JobId jobId,
      ServiceNamespace serviceNamespace,
      Optional<MaxItems> maxItems,
      Optional<Marker> marker)
      implements Request<GetServiceLastAccessedDetailsWithEntities.Result> {
    public record Result(
        String jobStatus,
        Instant jobCreationDate,
        Instant jobCompletionDate,
        List<EntityDetails> entityDetailsList,
        boolean isTruncated,
        Optional<String> marker) {}
  }

  public record EntityDetails(EntityInfo entityInfo, Optional<Instant> lastAuthenticated) {}

  /// @param type `USER` or `ROLE`
  public record EntityInfo(String arn, String name, String type, String id, String path) {}

  public record ListPoliciesGrantingServiceAccess(
      Optional<Marker> marker, EntityArn arn, @AtMost(200) List<ServiceNamespace> serviceNamespaces)
      implements Request<ListPoliciesGrantingServiceAccess.Result> {
    public record Result(
        List<Entry> policiesGrantingServiceAccess, boolean isTruncated, Optional<String> marker) {}

    public record Entry(String serviceNamespace, List<GrantingPolicy> policies) {}
  }

  /// A managed policy, or one that is part of a user, group or role, which is told then.
  ///
  /// @param policyType `INLINE` or `MANAGED`
  /// @param entityType `USER`, `ROLE` or `GROUP`
  public record GrantingPolicy(
      String policyName,
      String policyType,
      Optional<String> policyArn,
      Optional<String> entityType,
      Optional<String> entityName) {}
}
