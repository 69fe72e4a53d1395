package dev.daypass.wire.iam;

import dev.daypass.wire.AtMost;
import dev.daypass.wire.Named;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about requests for permissions of others, for a while.
public final class DelegationMessages {
  private DelegationMessages() {}

  /// What is asked for: a managed policy, with values in its places.
  public record DelegationPermission(
      Optional<PolicyArn> policyTemplateArn, @AtMost(50) List<PolicyParameter> parameters) {}

  public record PolicyParameter(
      Optional<PolicyParameterName> name,
      List<PolicyParameterValue> values,
      Optional<PolicyParameterType> type) {}

  public record CreateDelegationRequest(
      Optional<OwnerAccountId> ownerAccountId,
      Description description,
      DelegationPermission permissions,
      Optional<DelegationMessage> requestMessage,
      RequestorWorkflowId requestorWorkflowId,
      Optional<RedirectUrl> redirectUrl,
      NotificationChannel notificationChannel,
      DelegatedSessionDuration sessionDuration,
      Optional<Boolean> onlySendByOwner)
      implements Request<CreateDelegationRequest.Result> {
    public record Result(String delegationRequestId) {}
  }

  public record AssociateDelegationRequest(DelegationRequestId delegationRequestId)
      implements Request<Nothing> {}

  public record UpdateDelegationRequest(
      DelegationRequestId delegationRequestId, Optional<DelegationNotes> notes)
      implements Request<Nothing> {}

  public record AcceptDelegationRequest(DelegationRequestId delegationRequestId)
      implements Request<Nothing> {}

  public record RejectDelegationRequest(
      DelegationRequestId delegationRequestId, Optional<DelegationNotes> notes)
      implements Request<Nothing> {}

  public record SendDelegationToken(DelegationRequestId delegationRequestId)
      implements Request<Nothing> {}

  public record GetDelegationRequest(
      DelegationRequestId delegationRequestId, Optional<Boolean> delegationPermissionCheck)
      implements Request<GetDelegationRequest.Result> {
    public record Result(
        DelegationRequest delegationRequest,
        Optional<String> permissionCheckStatus,
        Optional<String> permissionCheckResult) {}
  }

  public record ListDelegationRequests(
      Optional<OwnerId> ownerId, Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListDelegationRequests.Result> {
    public record Result(
        List<DelegationRequest> delegationRequests,
        Optional<String> marker,
        @Named("isTruncated") boolean isTruncated) {}
  }

  public record GetHumanReadableSummary(EntityArn entityArn, Optional<SummaryLocale> locale)
      implements Request<GetHumanReadableSummary.Result> {
    public record Result(Optional<String> summaryContent, String locale, String summaryState) {}
  }

  public record DelegationRequest(
      String delegationRequestId,
      Optional<String> ownerAccountId,
      String description,
      Optional<String> requestMessage,
      DelegationPermission permissions,
      String permissionPolicy,
      Optional<String> ownerId,
      Optional<String> approverId,
      String state,
      Instant expirationTime,
      String requestorId,
      String requestorName,
      Instant createDate,
      int sessionDuration,
      Optional<String> redirectUrl,
      Optional<String> notes,
      Optional<String> rejectionReason,
      boolean onlySendByOwner,
      Instant updatedTime) {}
}
