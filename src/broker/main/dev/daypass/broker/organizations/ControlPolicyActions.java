package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.MALFORMED_POLICY_DOCUMENT;
import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.DUPLICATE_POLICY;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_IN_USE;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_NOT_FOUND;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_TYPE_NOT_AVAILABLE;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.documents.Documents;
import dev.daypass.policy.Policy;
import dev.daypass.policy.lint.Finding;
import dev.daypass.policy.lint.Lint;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.organizations.PolicyContent;
import dev.daypass.wire.organizations.PolicyDescription;
import dev.daypass.wire.organizations.PolicyMessages;
import dev.daypass.wire.organizations.PolicyMessages.CreatePolicy;
import dev.daypass.wire.organizations.PolicyMessages.DeletePolicy;
import dev.daypass.wire.organizations.PolicyMessages.DescribePolicy;
import dev.daypass.wire.organizations.PolicyMessages.ListPolicies;
import dev.daypass.wire.organizations.PolicyMessages.PolicyPage;
import dev.daypass.wire.organizations.PolicyMessages.PolicySummary;
import dev.daypass.wire.organizations.PolicyMessages.UpdatePolicy;
import dev.daypass.wire.organizations.PolicyName;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// What callers can do to the policies of their organization.
@Singleton
public final class ControlPolicyActions {
  private final Organizations guard;
  private final PostgresControlPolicies policies;
  private final ResourceTags tags;
  private final Ids ids;

  ControlPolicyActions(
      Organizations guard, PostgresControlPolicies policies, ResourceTags tags, Ids ids) {
    this.guard = guard;
    this.policies = policies;
    this.tags = tags;
    this.ids = ids;
  }

  public Uni<CreatePolicy.Result> create(Caller caller, CreatePolicy request) {
    String content = request.content().value();
    return guard
        .managed(caller)
        .invoke(() -> check(request.type(), content))
        .call(organization -> refuseTaken(organization, request.type(), request.name().value()))
        .call(
            organization ->
                policies
                    .count(organization.id(), request.type())
                    .invoke(count -> Limit.POLICY_NUMBER_LIMIT_EXCEEDED.check(count + 1)))
        .chain(
            organization ->
                make(caller, organization, request)
                    .map(policy -> new CreatePolicy.Result(shown(organization, policy))));
  }

  private Uni<ControlPolicy> make(Caller caller, Organization organization, CreatePolicy request) {
    ControlPolicy policy =
        new ControlPolicy(
            ids.policy(),
            Optional.of(organization.id()),
            request.type(),
            request.name().value(),
            request.description().value(),
            request.content().value(),
            caller.origin().time());
    return policies
        .add(policy)
        .chain(() -> tags.put(policy.id(), request.tags()))
        .replaceWith(policy);
  }

  /// What cannot be evaluated cannot be saved, and neither can what AWS refuses.
  ///
  /// @see <a
  ///   href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html">RCP
  ///   syntax</a>
  private static void check(PolicyType type, String content) {
    dev.daypass.policy.PolicyType evaluated =
        switch (type) {
          case SERVICE_CONTROL_POLICY -> dev.daypass.policy.PolicyType.SERVICE_CONTROL;
          case RESOURCE_CONTROL_POLICY -> dev.daypass.policy.PolicyType.RESOURCE_CONTROL;
          default -> throw POLICY_TYPE_NOT_AVAILABLE.error();
        };
    Limit.POLICY_CONTENT_LIMIT_EXCEEDED.check(content.length());
    Policy policy = Documents.parse(evaluated, "policy", content);
    if (type == PolicyType.RESOURCE_CONTROL_POLICY) {
      if (policy.version() != Policy.Version.V2012_10_17) {
        throw malformed("A resource control policy must be of version 2012-10-17.");
      }
      if (policy.allows()) {
        throw malformed("A resource control policy can only deny.");
      }
    }
    Lint.check(evaluated, content).stream()
        .filter(ControlPolicyActions::isSyntax)
        .findFirst()
        .ifPresent(
            finding -> {
              throw malformed(finding.message());
            });
  }

  private static boolean isSyntax(Finding finding) {
    return finding.code().startsWith("SCP_SYNTAX") || finding.code().startsWith("RCP_SYNTAX");
  }

  private static RuntimeException malformed(String why) {
    return MALFORMED_POLICY_DOCUMENT.error(why);
  }

  private Uni<Void> refuseTaken(Organization organization, PolicyType type, String name) {
    return policies
        .named(organization.id(), type, name)
        .invoke(
            taken -> {
              if (taken.isPresent()) {
                throw DUPLICATE_POLICY.error();
              }
            })
        .replaceWithVoid();
  }

  /// What is left out stays as it is.
  public Uni<UpdatePolicy.Result> update(Caller caller, UpdatePolicy request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                own(organization, request.policyId().value())
                    .map(policy -> changed(policy, request))
                    .call(changed -> refuseOther(organization, changed))
                    .call(policies::update)
                    .map(changed -> new UpdatePolicy.Result(shown(organization, changed))));
  }

  private static ControlPolicy changed(ControlPolicy policy, UpdatePolicy request) {
    String content = request.content().map(PolicyContent::value).orElse(policy.content());
    check(policy.type(), content);
    return new ControlPolicy(
        policy.id(),
        policy.organization(),
        policy.type(),
        request.name().map(PolicyName::value).orElse(policy.name()),
        request.description().map(PolicyDescription::value).orElse(policy.description()),
        content,
        policy.createdAt());
  }

  private Uni<Void> refuseOther(Organization organization, ControlPolicy changed) {
    return policies
        .named(organization.id(), changed.type(), changed.name())
        .invoke(
            taken -> {
              if (taken.filter(other -> !other.id().equals(changed.id())).isPresent()) {
                throw DUPLICATE_POLICY.error();
              }
            })
        .replaceWithVoid();
  }

  public Uni<Nothing> delete(Caller caller, DeletePolicy request) {
    return guard
        .managed(caller)
        .chain(organization -> own(organization, request.policyId().value()))
        .call(policy -> policies.inUse(policy).invoke(ControlPolicyActions::refuseUsed))
        .call(policy -> tags.removeAll(policy.id()))
        .chain(policies::remove)
        .replaceWith(NOTHING);
  }

  private static void refuseUsed(boolean used) {
    if (used) {
      throw POLICY_IN_USE.error();
    }
  }

  /// A policy that the organization can change.
  private Uni<ControlPolicy> own(Organization organization, String id) {
    return get(organization, id)
        .invoke(
            policy -> {
              if (policy.ofAws()) {
                throw INVALID_INPUT
                    .error("You can't change a policy that is managed by AWS.")
                    .with("reason", "IMMUTABLE_POLICY");
              }
            });
  }

  private Uni<ControlPolicy> get(Organization organization, String id) {
    return policies
        .find(organization.id(), id)
        .map(found -> found.orElseThrow(POLICY_NOT_FOUND::error));
  }

  public Uni<DescribePolicy.Result> describe(Caller caller, DescribePolicy request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                get(organization, request.policyId().value())
                    .map(policy -> new DescribePolicy.Result(shown(organization, policy))));
  }

  public Uni<PolicyPage> list(Caller caller, ListPolicies request) {
    return guard
        .managed(caller)
        .chain(
            organization ->
                policies
                    .page(
                        organization.id(),
                        request.filter(),
                        Pages.wanted(request.nextToken(), request.maxResults()))
                    .map(page -> page.map(policy -> summary(organization, policy)))
                    .map(page -> new PolicyPage(page.items(), page.marker())));
  }

  private static PolicyMessages.Policy shown(Organization organization, ControlPolicy policy) {
    return new PolicyMessages.Policy(summary(organization, policy), policy.content());
  }

  static PolicySummary summary(Organization organization, ControlPolicy policy) {
    return new PolicySummary(
        policy.id(),
        organization.policyArn(policy),
        policy.name(),
        policy.description(),
        policy.type(),
        policy.ofAws());
  }
}
