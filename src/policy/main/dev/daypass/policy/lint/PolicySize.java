package dev.daypass.policy.lint;

/// How long each type of policy can be.
///
/// @param withSpace whether white space counts
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Quotas</a>
record PolicySize(Issue issue, int quota, boolean withSpace) {
  private static PolicySize of(Draft draft) {
    return switch (draft.type()) {
      case IDENTITY, PERMISSIONS_BOUNDARY ->
          new PolicySize(Issue.POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, 6144, false);
      case TRUST -> new PolicySize(Issue.POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA, 2048, false);
      case RESOURCE ->
          new PolicySize(Issue.POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, 20_480, true);
      case SESSION -> new PolicySize(Issue.POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA, 2048, true);
      case SERVICE_CONTROL -> new PolicySize(Issue.POLICY_SIZE_EXCEEDS_SCP_QUOTA, 5120, true);
      case RESOURCE_CONTROL -> new PolicySize(Issue.POLICY_SIZE_EXCEEDS_RCP_QUOTA, 5120, true);
    };
  }

  static void check(Draft draft, Findings findings) {
    PolicySize most = of(draft);
    long size =
        draft.text().chars().filter(c -> most.withSpace || !Character.isWhitespace(c)).count();
    if (size > most.quota) {
      findings.add(most.issue, draft.root(), Long.toString(size), Integer.toString(most.quota));
    }
  }
}
