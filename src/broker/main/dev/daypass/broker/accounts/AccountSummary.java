package dev.daypass.broker.accounts;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Quota;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How much there is in an account, and how much there may be.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html">GetAccountSummary</a>
@Singleton
final class AccountSummary {
  private static final String OF_ACCOUNT = " where accountId = :account";

  /// What is counted, by the names that AWS gives it. What is here twice is added up.
  private static final List<Map.Entry<String, String>> COUNTED =
      List.of(
          Map.entry("Users", "UserRow" + OF_ACCOUNT),
          Map.entry("Groups", "GroupRow" + OF_ACCOUNT),
          Map.entry("Roles", "RoleRow" + OF_ACCOUNT),
          Map.entry("Policies", "ManagedPolicyRow" + OF_ACCOUNT),
          Map.entry("InstanceProfiles", "InstanceProfileRow" + OF_ACCOUNT),
          Map.entry("ServerCertificates", "ServerCertificateRow" + OF_ACCOUNT),
          Map.entry("Providers", "OidcProviderRow" + OF_ACCOUNT),
          Map.entry("Providers", "SamlProviderRow" + OF_ACCOUNT),
          Map.entry("MFADevices", "DeviceRow" + OF_ACCOUNT),
          Map.entry("MFADevicesInUse", "DeviceRow" + OF_ACCOUNT + " and enabledAt is not null"),
          Map.entry(
              "PolicyVersionsInUse",
              "PolicyVersionRow where policyId in"
                  + " (select id from ManagedPolicyRow where accountId = :account)"));

  /// The quotas, by the names that AWS gives them here.
  private static final Map<String, Quota> QUOTAS =
      Map.ofEntries(
          Map.entry("UsersQuota", Quota.USERS),
          Map.entry("GroupsQuota", Quota.GROUPS),
          Map.entry("RolesQuota", Quota.ROLES),
          Map.entry("PoliciesQuota", Quota.POLICIES),
          Map.entry("InstanceProfilesQuota", Quota.INSTANCE_PROFILES),
          Map.entry("GroupsPerUserQuota", Quota.GROUPS_PER_USER),
          Map.entry("AccessKeysPerUserQuota", Quota.ACCESS_KEYS_PER_USER),
          Map.entry("AttachedPoliciesPerUserQuota", Quota.ATTACHED_PER_USER),
          Map.entry("AttachedPoliciesPerGroupQuota", Quota.ATTACHED_PER_GROUP),
          Map.entry("AttachedPoliciesPerRoleQuota", Quota.ATTACHED_PER_ROLE),
          Map.entry("ServerCertificatesQuota", Quota.SERVER_CERTIFICATES),
          Map.entry("SigningCertificatesPerUserQuota", Quota.SIGNING_CERTIFICATES_PER_USER),
          Map.entry("PolicySizeQuota", Quota.POLICY_SIZE),
          Map.entry("VersionsPerPolicyQuota", Quota.VERSIONS_PER_POLICY),
          Map.entry("UserPolicySizeQuota", Quota.USER_POLICY_SIZE),
          Map.entry("GroupPolicySizeQuota", Quota.GROUP_POLICY_SIZE),
          Map.entry("RolePolicySizeQuota", Quota.ROLE_POLICY_SIZE),
          Map.entry("AssumeRolePolicySizeQuota", Quota.TRUST_POLICY_SIZE));

  /// What the root user has, whom nobody signs in as here: nothing.
  private static final List<String> OF_ROOT =
      List.of(
          "AccountMFAEnabled",
          "AccountAccessKeysPresent",
          "AccountPasswordPresent",
          "AccountSigningCertificatesPresent");

  private final Database database;
  private final PostgresAccounts accounts;

  AccountSummary(Database database, PostgresAccounts accounts) {
    this.database = database;
    this.accounts = accounts;
  }

  Uni<Map<String, String>> of(String account) {
    Map<String, String> summary = new LinkedHashMap<>();
    OF_ROOT.forEach(name -> summary.put(name, "0"));
    QUOTAS.forEach((name, quota) -> summary.put(name, Integer.toString(quota.most())));
    Uni<Void> counted = Uni.createFrom().voidItem();
    for (Map.Entry<String, String> each : COUNTED) {
      counted =
          counted
              .chain(
                  () ->
                      database.count(
                          "select count(*) from " + each.getValue(), Map.of("account", account)))
              .invoke(
                  count -> summary.merge(each.getKey(), Long.toString(count), AccountSummary::sum))
              .replaceWithVoid();
    }
    return counted
        .chain(() -> accounts.tokenVersion(account))
        .invoke(
            version ->
                summary.put("GlobalEndpointTokenVersion", Integer.toString(version.number())))
        .replaceWith(summary);
  }

  private static String sum(String one, String other) {
    return Long.toString(Long.parseLong(one) + Long.parseLong(other));
  }
}
