package dev.daypass.broker.organizations;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;
import static dev.daypass.wire.organizations.OrganizationsError.ALREADY_IN_ORGANIZATION;
import static dev.daypass.wire.organizations.OrganizationsError.ORGANIZATION_NOT_EMPTY;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_TYPE_ALREADY_ENABLED;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_TYPE_NOT_AVAILABLE;
import static dev.daypass.wire.organizations.OrganizationsError.POLICY_TYPE_NOT_ENABLED;
import static dev.daypass.wire.organizations.OrganizationsError.ROOT_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.Account;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.organizations.FeatureSet;
import dev.daypass.wire.organizations.OrganizationMessages;
import dev.daypass.wire.organizations.OrganizationMessages.CreateOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DeleteOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DescribeOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.DisablePolicyType;
import dev.daypass.wire.organizations.OrganizationMessages.EnablePolicyType;
import dev.daypass.wire.organizations.OrganizationMessages.ListAWSServiceAccessForOrganization;
import dev.daypass.wire.organizations.OrganizationMessages.ListDelegatedAdministrators;
import dev.daypass.wire.organizations.OrganizationMessages.ListRoots;
import dev.daypass.wire.organizations.OrganizationMessages.PolicyTypeSummary;
import dev.daypass.wire.organizations.OrganizationMessages.Root;
import dev.daypass.wire.organizations.PolicyType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// What callers can do to an organization as a whole.
@Singleton
public final class OrganizationActions {
  /// What roots are called until somebody calls them otherwise, which nobody can.
  private static final String ROOT_NAME = "Root";

  private static final List<PolicyType> AVAILABLE =
      List.of(PolicyType.SERVICE_CONTROL_POLICY, PolicyType.RESOURCE_CONTROL_POLICY);

  private final Organizations guard;
  private final PostgresOrganizations organizations;
  private final PostgresTree tree;
  private final PostgresControlPolicies policies;
  private final PostgresAccounts accounts;
  private final Ids ids;

  OrganizationActions(
      Organizations guard,
      PostgresOrganizations organizations,
      PostgresTree tree,
      PostgresControlPolicies policies,
      PostgresAccounts accounts,
      Ids ids) {
    this.guard = guard;
    this.organizations = organizations;
    this.tree = tree;
    this.policies = policies;
    this.accounts = accounts;
    this.ids = ids;
  }

  /// The caller's account becomes the management account. No type of policies is in force at first.
  /// AWS's documents say that service control policies are, but its own root does not have them
  /// either, and Terraform enables them because of that.
  public Uni<CreateOrganization.Result> create(Caller caller, CreateOrganization request) {
    if (request.featureSet().filter(set -> set == FeatureSet.CONSOLIDATED_BILLING).isPresent()) {
      throw INVALID_INPUT
          .error("An organization without all features is one of bills, and there are none here.")
          .with("reason", "INVALID_ENUM");
    }
    Organization organization =
        new Organization(
            ids.organization(), caller.account(), false, false, caller.origin().time());
    return organizations
        .of(caller.account())
        .invoke(OrganizationActions::refuseMember)
        .chain(() -> organizations.add(organization))
        .chain(() -> plant(organization))
        .chain(() -> shown(organization))
        .map(CreateOrganization.Result::new);
  }

  private static void refuseMember(Optional<Organization> organization) {
    if (organization.isPresent()) {
      throw ALREADY_IN_ORGANIZATION.error();
    }
  }

  private Uni<Void> plant(Organization organization) {
    Unit root =
        new Unit(
            ids.root(),
            organization.id(),
            Optional.empty(),
            0,
            ROOT_NAME,
            organization.createdAt());
    return tree.add(root)
        .chain(
            () ->
                tree.add(
                    new Member(
                        organization.managementAccount(),
                        organization.id(),
                        root.id(),
                        "INVITED",
                        organization.createdAt())));
  }

  private Uni<Void> inForce(Organization organization, PolicyType type) {
    return organizations
        .enable(organization.id(), type)
        .chain(() -> policies.attachFull(organization.id(), type));
  }

  public Uni<DescribeOrganization.Result> describe(Caller caller, DescribeOrganization request) {
    return guard.of(caller).chain(this::shown).map(DescribeOrganization.Result::new);
  }

  private Uni<OrganizationMessages.Organization> shown(Organization organization) {
    String management = organization.managementAccount();
    return accounts
        .find(management)
        .chain(
            account ->
                types(organization)
                    .map(
                        types ->
                            new OrganizationMessages.Organization(
                                organization.id(),
                                organization.arn(),
                                FeatureSet.ALL,
                                organization.accountArn(management),
                                management,
                                account.flatMap(Account::email),
                                types)));
  }

  private Uni<List<PolicyTypeSummary>> types(Organization organization) {
    return organizations
        .types(organization.id())
        .map(types -> types.stream().map(type -> new PolicyTypeSummary(type, "ENABLED")).toList());
  }

  /// What is in the organization goes along, but for its accounts: it must not have any but one.
  public Uni<Nothing> delete(Caller caller, DeleteOrganization request) {
    return guard
        .managed(caller)
        .call(organization -> tree.countMembers(organization.id()).invoke(this::refuseShared))
        .chain(organizations::remove)
        .replaceWith(NOTHING);
  }

  private void refuseShared(long members) {
    if (members > 1) {
      throw ORGANIZATION_NOT_EMPTY.error();
    }
  }

  public Uni<ListRoots.Result> listRoots(Caller caller, ListRoots request) {
    return guard
        .managed(caller)
        .chain(
            organization -> tree.root(organization.id()).chain(root -> shown(organization, root)))
        .map(root -> new ListRoots.Result(List.of(root)));
  }

  private Uni<Root> shown(Organization organization, Unit root) {
    return types(organization)
        .map(types -> new Root(root.id(), organization.unitArn(root.id()), root.name(), types));
  }

  /// Whatever is in the organization begins with the policy that allows everything.
  public Uni<EnablePolicyType.Result> enable(Caller caller, EnablePolicyType request) {
    PolicyType type = request.policyType();
    return guard
        .managed(caller)
        .chain(
            organization ->
                root(organization, request.rootId().value())
                    .invoke(OrganizationActions.available(type))
                    .call(
                        () ->
                            organizations
                                .types(organization.id())
                                .invoke(types -> refuseEnabled(types, type)))
                    .call(() -> inForce(organization, type))
                    .chain(root -> shown(organization, root)))
        .map(EnablePolicyType.Result::new);
  }

  private static Runnable available(PolicyType type) {
    return () -> {
      if (!AVAILABLE.contains(type)) {
        throw POLICY_TYPE_NOT_AVAILABLE.error();
      }
    };
  }

  private static void refuseEnabled(List<PolicyType> types, PolicyType type) {
    if (types.contains(type)) {
      throw POLICY_TYPE_ALREADY_ENABLED.error();
    }
  }

  /// Every policy of the type is detached from everything.
  public Uni<DisablePolicyType.Result> disable(Caller caller, DisablePolicyType request) {
    PolicyType type = request.policyType();
    return guard
        .managed(caller)
        .chain(
            organization ->
                root(organization, request.rootId().value())
                    .call(
                        () ->
                            organizations
                                .types(organization.id())
                                .invoke(types -> refuseDisabled(types, type)))
                    .call(() -> policies.detachAll(organization.id(), type))
                    .call(() -> organizations.disable(organization.id(), type))
                    .chain(root -> shown(organization, root)))
        .map(DisablePolicyType.Result::new);
  }

  private static void refuseDisabled(List<PolicyType> types, PolicyType type) {
    if (!types.contains(type)) {
      throw POLICY_TYPE_NOT_ENABLED.error();
    }
  }

  private Uni<Unit> root(Organization organization, String id) {
    return guard.unit(organization, id, ROOT_NOT_FOUND);
  }

  /// No service is let in, and there is no action that would let one in.
  public Uni<ListAWSServiceAccessForOrganization.Result> listServices(
      Caller caller, ListAWSServiceAccessForOrganization request) {
    return guard
        .managed(caller)
        .map(_ -> new ListAWSServiceAccessForOrganization.Result(List.of()));
  }

  /// No account manages for the management account, and there is no action that would let one.
  public Uni<ListDelegatedAdministrators.Result> listAdministrators(
      Caller caller, ListDelegatedAdministrators request) {
    return guard.managed(caller).map(_ -> new ListDelegatedAdministrators.Result(List.of()));
  }
}
