package dev.daypass.broker.database;

import static dev.daypass.wire.ErrorCode.LIMIT_EXCEEDED;

/// AWS's default quotas.
///
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM
///   quotas</a>
public enum Quota {
  USERS("UsersPerAccount", 5000),
  GROUPS("GroupsPerAccount", 300),
  ROLES("RolesPerAccount", 1000),
  POLICIES("PoliciesPerAccount", 1500),
  INSTANCE_PROFILES("InstanceProfilesPerAccount", 1000),
  ROLES_PER_INSTANCE_PROFILE("InstanceSessionsPerInstanceProfile", 1),
  GROUPS_PER_USER("GroupsPerUser", 10),
  ACCESS_KEYS_PER_USER("AccessKeysPerUser", 2),
  MFA_DEVICES_PER_USER("MFADevicesPerUser", 8),
  ATTACHED_PER_USER("PoliciesPerUser", 10),
  ATTACHED_PER_GROUP("PoliciesPerGroup", 10),
  ATTACHED_PER_ROLE("PoliciesPerRole", 10),
  SERVER_CERTIFICATES("ServerCertificatesPerAccount", 20),
  SIGNING_CERTIFICATES_PER_USER("CertificatesPerUser", 2),
  SSH_PUBLIC_KEYS_PER_USER("SSHPublicKeysPerUser", 5),
  /// For each service.
  SERVICE_CREDENTIALS_PER_USER("ServiceSpecificCredentialsPerUser", 2),
  OIDC_PROVIDERS("OpenIdConnectProvidersPerAccount", 100),
  CLIENT_IDS("ClientIdsPerOpenIdConnectProvider", 100),
  SAML_PROVIDERS("SamlProvidersPerAccount", 100),
  TRUST_ANCHORS("TrustAnchorsPerAccount", 50),
  PROFILES("ProfilesPerAccount", 250),
  CRLS_PER_TRUST_ANCHOR("CRLsPerTrustAnchor", 2),
  OPEN_DELEGATION_REQUESTS("OpenDelegationRequestsPerAccount", 1000),
  TAGS("TagsPerResource", 50),
  POLICY_SIZE("PolicySize", 6144),
  VERSIONS_PER_POLICY("VersionsPerPolicy", 5),
  USER_POLICY_SIZE("UserPolicySize", 2048),
  GROUP_POLICY_SIZE("GroupPolicySize", 5120),
  ROLE_POLICY_SIZE("RolePolicySize", 10240),
  TRUST_POLICY_SIZE("ACLSizePerRole", 2048);

  private final String awsName;
  private final int most;

  Quota(String awsName, int most) {
    this.awsName = awsName;
    this.most = most;
  }

  /// How many there may be, or how long it may be.
  public int most() {
    return most;
  }

  /// Fails with `LimitExceeded` where `wanted` is more than there may be.
  public void check(long wanted) {
    if (wanted > most) {
      throw LIMIT_EXCEEDED.error("Cannot exceed quota for %s: %d".formatted(awsName, most));
    }
  }
}
