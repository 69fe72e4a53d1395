package dev.daypass.policy.lint;

import dev.daypass.policy.Operator;

/// Conditions that are meant to require MFA and do not: requests that are signed with long-term
/// keys have neither key.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent">MultiFactorAuthPresent</a>
final class MfaChecks {
  private MfaChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (DraftCondition condition : statement.conditions()) {
      if (condition.isAbout("aws:MultiFactorAuthPresent")) {
        present(statement, condition, findings);
      }
      if (condition.isAbout("aws:MultiFactorAuthAge")) {
        age(statement, condition, findings);
      }
    }
  }

  private static void present(
      DraftStatement statement, DraftCondition condition, Findings findings) {
    if (!condition.is(Operator.BOOL)) {
      return;
    }
    boolean isTrue = condition.texts().stream().anyMatch("true"::equalsIgnoreCase);
    boolean isFalse = condition.texts().stream().anyMatch("false"::equalsIgnoreCase);
    if (statement.allows() && condition.ifExists() && isTrue) {
      findings.add(Issue.MFA_IFEXISTS_IN_ALLOW, condition.node());
    }
    if (statement.denies() && !condition.ifExists() && isFalse) {
      findings.add(Issue.MFA_FALSE_WITHOUT_IFEXISTS_IN_DENY, condition.node());
    }
  }

  private static void age(DraftStatement statement, DraftCondition condition, Findings findings) {
    boolean below = condition.is(Operator.NUMERIC_LESS_THAN, Operator.NUMERIC_LESS_THAN_EQUALS);
    boolean above =
        condition.is(Operator.NUMERIC_GREATER_THAN, Operator.NUMERIC_GREATER_THAN_EQUALS);
    if (statement.allows() && condition.ifExists() && below) {
      findings.add(Issue.MFA_AGE_IFEXISTS_IN_ALLOW, condition.node());
    }
    if (statement.denies() && !condition.ifExists() && above) {
      findings.add(Issue.MFA_AGE_WITHOUT_IFEXISTS_IN_DENY, condition.node());
    }
  }
}
