package dev.daypass.broker.calls;

import static dev.daypass.wire.Service.IAM;
import static dev.daypass.wire.Service.STS;

import dev.daypass.wire.Service;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The actions that AWS's IAM and STS have and this broker does not answer, each with the reason:
/// the one list of them. Together with the [Catalogue] they are all actions of AWS's SDK.
enum Unanswered {
  ORGANIZATIONS_REPORTS(
      IAM,
      "Last accessed reports are made of users, groups, roles and policies, not of organizations.",
      """
      GenerateOrganizationsAccessReport
      GetOrganizationsAccessReport
      """),
  ROLE_TEMPLATES(
      IAM,
      "AWS has documented neither role templates nor the properties of accounts.",
      """
      AcquireRole
      GetAccountProperties
      GetRoleTemplateVersion
      PutAccountProperties
      """),
  SAML_SESSIONS(
      STS,
      "SAML providers are kept, but their assertions are not traded for sessions yet.",
      "AssumeRoleWithSAML"),
  OUTBOUND_TOKENS(STS, "Tokens for services outside are not issued yet.", "GetWebIdentityToken");

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
  static Optional<String> reason(Service service, String action) {
    return Arrays.stream(values())
        .filter(group -> group.service == service)
        .filter(group -> group.actions.contains(action))
        .map(group -> group.reason)
        .findFirst();
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
