package dev.daypass.wire.iam;

import dev.daypass.wire.Request;
import java.util.List;
import java.util.Optional;

/// What travels between a client and IAM about decisions that are only asked for.
public final class SimulationMessages {
  private SimulationMessages() {}

  /// A condition key of the request that is imagined.
  public record ContextEntry(
      Optional<String> contextKeyName,
      List<String> contextKeyValues,
      Optional<ContextKeyType> contextKeyType) {}

  /// The service control policies of one level of an organization, from the root on.
  public record OrganizationLevel(List<PolicyText> serviceControlPolicyInputList) {}

  public record SimulateCustomPolicy(
      List<PolicyText> policyInputList,
      List<PolicyText> permissionsBoundaryPolicyInputList,
      List<OrganizationLevel> orderedOrganizationPolicyInputList,
      List<String> actionNames,
      List<String> resourceArns,
      Optional<PolicyText> resourcePolicy,
      Optional<String> resourceOwner,
      Optional<String> callerArn,
      List<ContextEntry> contextEntries,
      Optional<String> resourceHandlingOption,
      Optional<MaxItems> maxItems,
      Optional<Marker> marker)
      implements Request<SimulationPage> {}

  public record SimulatePrincipalPolicy(
      String policySourceArn,
      List<PolicyText> policyInputList,
      List<PolicyText> permissionsBoundaryPolicyInputList,
      List<String> policyExclusionList,
      List<String> actionNames,
      List<String> resourceArns,
      Optional<PolicyText> resourcePolicy,
      Optional<String> resourceOwner,
      Optional<String> callerArn,
      List<ContextEntry> contextEntries,
      Optional<String> resourceHandlingOption,
      Optional<MaxItems> maxItems,
      Optional<Marker> marker)
      implements Request<SimulationPage> {}

  public record SimulationPage(
      List<EvaluationResult> evaluationResults, boolean isTruncated, Optional<String> marker) {}

  /// What came of one action on one resource.
  ///
  /// @param evalDecision `allowed`, `explicitDeny` or `implicitDeny`
  /// @param missingContextValues keys that conditions ask for and the request has not got
  public record EvaluationResult(
      String evalActionName,
      String evalResourceName,
      String evalDecision,
      List<MatchedStatement> matchedStatements,
      List<String> missingContextValues,
      Optional<OrganizationsDecisionDetail> organizationsDecisionDetail,
      Optional<PermissionsBoundaryDecisionDetail> permissionsBoundaryDecisionDetail) {}

  public record MatchedStatement(
      String sourcePolicyId, String sourcePolicyType, StatementPosition startPosition) {}

  /// Both counted from 1.
  public record StatementPosition(int line, int column) {}

  public record OrganizationsDecisionDetail(boolean allowedByOrganizations) {}

  public record PermissionsBoundaryDecisionDetail(boolean allowedByPermissionsBoundary) {}

  public record GetContextKeysForCustomPolicy(List<PolicyText> policyInputList)
      implements Request<ContextKeys> {}

  public record GetContextKeysForPrincipalPolicy(
      String policySourceArn, List<PolicyText> policyInputList) implements Request<ContextKeys> {}

  public record ContextKeys(List<String> contextKeyNames) {}
}
