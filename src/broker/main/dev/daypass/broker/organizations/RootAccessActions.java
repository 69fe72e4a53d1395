package dev.daypass.broker.organizations;

import static dev.daypass.wire.iam.OrganizationsFeatureError.ACCOUNT_NOT_MANAGEMENT;
import static dev.daypass.wire.iam.OrganizationsFeatureError.CALLER_IS_NOT_MANAGEMENT;
import static dev.daypass.wire.iam.OrganizationsFeatureError.ORGANIZATION_NOT_FOUND;

import dev.daypass.broker.access.Caller;
import dev.daypass.wire.iam.OrganizationsFeatureError;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.DisableOrganizationsRootCredentialsManagement;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.DisableOrganizationsRootSessions;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.EnableOrganizationsRootCredentialsManagement;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.EnableOrganizationsRootSessions;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.ListOrganizationsFeatures;
import dev.daypass.wire.iam.OrganizationsFeatureMessages.OrganizationsFeatures;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What the management account can do about central root access: what AssumeRoot may be used for.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">Centralize
///   root access</a>
@Singleton
public final class RootAccessActions {
  private final PostgresOrganizations organizations;

  RootAccessActions(PostgresOrganizations organizations) {
    this.organizations = organizations;
  }

  public Uni<OrganizationsFeatures> enableCredentials(
      Caller caller, EnableOrganizationsRootCredentialsManagement request) {
    return change(
        caller,
        CALLER_IS_NOT_MANAGEMENT,
        organization -> organization.withRootAccess(true, organization.rootSessions()));
  }

  public Uni<OrganizationsFeatures> disableCredentials(
      Caller caller, DisableOrganizationsRootCredentialsManagement request) {
    return change(
        caller,
        ACCOUNT_NOT_MANAGEMENT,
        organization -> organization.withRootAccess(false, organization.rootSessions()));
  }

  public Uni<OrganizationsFeatures> enableSessions(
      Caller caller, EnableOrganizationsRootSessions request) {
    return change(
        caller,
        CALLER_IS_NOT_MANAGEMENT,
        organization -> organization.withRootAccess(organization.rootCredentials(), true));
  }

  public Uni<OrganizationsFeatures> disableSessions(
      Caller caller, DisableOrganizationsRootSessions request) {
    return change(
        caller,
        ACCOUNT_NOT_MANAGEMENT,
        organization -> organization.withRootAccess(organization.rootCredentials(), false));
  }

  public Uni<OrganizationsFeatures> list(Caller caller, ListOrganizationsFeatures request) {
    return managed(caller, ACCOUNT_NOT_MANAGEMENT).map(RootAccessActions::shown);
  }

  private Uni<OrganizationsFeatures> change(
      Caller caller, OrganizationsFeatureError refusal, UnaryOperator<Organization> changed) {
    return managed(caller, refusal)
        .map(changed)
        .call(organizations::update)
        .map(RootAccessActions::shown);
  }

  private Uni<Organization> managed(Caller caller, OrganizationsFeatureError refusal) {
    return organizations
        .of(caller.account())
        .map(found -> found.orElseThrow(ORGANIZATION_NOT_FOUND::error))
        .invoke(
            organization -> {
              if (!organization.managementAccount().equals(caller.account())) {
                throw refusal.error();
              }
            });
  }

  private static OrganizationsFeatures shown(Organization organization) {
    List<String> enabled =
        Stream.of(
                Stream.of("RootCredentialsManagement").filter(_ -> organization.rootCredentials()),
                Stream.of("RootSessions").filter(_ -> organization.rootSessions()))
            .flatMap(feature -> feature)
            .toList();
    return new OrganizationsFeatures(organization.id(), enabled);
  }
}
