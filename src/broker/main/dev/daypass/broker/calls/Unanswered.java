package dev.daypass.broker.calls;

import static dev.daypass.wire.Service.IAM;
import static dev.daypass.wire.Service.ORGANIZATIONS;
import static dev.daypass.wire.Service.ROLESANYWHERE;
import static dev.daypass.wire.Service.SIGNIN;

import dev.daypass.wire.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The actions that AWS's services have and this broker does not answer, each with the reason: the
/// one list of them. Together with the [Catalogue] they are all that AWS has.
enum Unanswered {
  ORGANIZATIONS_REPORTS(
      IAM,
      "Last accessed reports are made of users, groups, roles and policies, not of organizations.",
      """
      GenerateOrganizationsAccessReport
      GetOrganizationsAccessReport
      """),
  HANDSHAKES(
      ORGANIZATIONS,
      "Accounts are made within their organization: there are none elsewhere to invite.",
      """
      AcceptHandshake
      CancelHandshake
      DeclineHandshake
      DescribeHandshake
      EnableAllFeatures
      InviteAccountToOrganization
      LeaveOrganization
      ListHandshakesForAccount
      ListHandshakesForOrganization
      """),
  TRUSTED_SERVICES(
      ORGANIZATIONS,
      "There are no services of AWS here to be trusted, and none to administer for others.",
      """
      DeregisterDelegatedAdministrator
      DisableAWSServiceAccess
      EnableAWSServiceAccess
      ListDelegatedServicesForAccount
      RegisterDelegatedAdministrator
      """),
  MANAGEMENT_POLICIES(
      ORGANIZATIONS,
      "Policies are service control and resource control policies, which are not merged.",
      """
      DescribeEffectivePolicy
      ListAccountsWithInvalidEffectivePolicy
      ListEffectivePolicyValidationErrors
      """),
  ORGANIZATION_POLICY(
      ORGANIZATIONS,
      "The management account alone manages its organization.",
      """
      DeleteResourcePolicy
      DescribeResourcePolicy
      PutResourcePolicy
      """),
  BILLING(
      ORGANIZATIONS,
      "Nothing is billed here, and there is one partition of AWS.",
      """
      CreateGovCloudAccount
      DescribeResponsibilityTransfer
      InviteOrganizationToTransferResponsibility
      ListInboundResponsibilityTransfers
      ListOutboundResponsibilityTransfers
      TerminateResponsibilityTransfer
      UpdateResponsibilityTransfer
      """),
  NOTIFICATIONS(
      ROLESANYWHERE,
      "Nobody is notified of certificates that expire: there is no EventBridge here.",
      """
      PutNotificationSettings
      ResetNotificationSettings
      """),
  CONSOLE(
      SIGNIN,
      "There is no console of AWS here, and no network of AWS's to let into it.",
      """
      DeleteConsoleAuthorizationConfiguration
      DeleteResourcePermissionStatement
      GetConsoleAuthorizationConfiguration
      GetResourcePolicy
      ListResourcePermissionStatements
      PutConsoleAuthorizationConfiguration
      PutResourcePermissionStatement
      """),
  BEARER_TOKENS(
      SIGNIN,
      "Bearer tokens are given by sts:GetWebIdentityToken and the token exchange of RFC 8693.",
      """
      CreateOAuth2TokenWithIAM
      CreateOAuth2TokenWithTokenExchange
      """),
  ROLE_TEMPLATES(
      IAM,
      "AWS has documented neither role templates nor the properties of accounts.",
      """
      AcquireRole
      GetAccountProperties
      GetRoleTemplateVersion
      PutAccountProperties
      """);

  private final Service service;
  private final String reason;
  private final List<String> actions;

  /// @param actions one a line
  Unanswered(Service service, String reason, String actions) {
    this.service = service;
    this.reason = reason;
    this.actions = actions.lines().toList();
  }

  /// Why an action is not answered; absent where AWS's service has none of this name, or it is
  /// answered.
  private static Optional<String> reason(Service service, String action) {
    return Arrays.stream(values())
        .filter(group -> group.service == service)
        .filter(group -> group.actions.contains(action))
        .map(group -> group.reason)
        .findFirst();
  }

  /// What is said of an action that is not answered, with the reason where there is one.
  ///
  /// @param said that it is not there
  static String told(String said, Optional<Service> service, String action) {
    return service
        .flatMap(called -> reason(called, action))
        .map(reason -> said + ". " + reason + " See " + CapabilitiesEndpoint.PATH + " for more.")
        .orElse(said);
  }

  /// The reasons of a service's actions, by action.
  static SortedMap<String, String> of(Service service) {
    SortedMap<String, String> reasons = new TreeMap<>();
    for (Unanswered group : values()) {
      if (group.service == service) {
        group.actions.forEach(action -> reasons.put(action, group.reason));
      }
    }
    return reasons;
  }
}
