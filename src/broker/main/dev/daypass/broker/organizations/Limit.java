package dev.daypass.broker.organizations;

import static dev.daypass.wire.organizations.OrganizationsError.CONSTRAINT_VIOLATION;

import dev.daypass.wire.ApiError;

/// AWS's quotas, by the reason that AWS gives when one would be exceeded.
///
/// @see <a
///   href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html">Quotas</a>
enum Limit {
  ACCOUNT_NUMBER_LIMIT_EXCEEDED(10_000, "You have exceeded the allowed number of AWS accounts."),
  MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED(
      5, "You have attached the maximum number of policies to the specified target."),
  MAX_TAG_LIMIT_EXCEEDED(50, "You have exceeded the number of tags allowed on this resource."),
  OU_NUMBER_LIMIT_EXCEEDED(2000, "You have exceeded the number of OUs that you can have."),
  OU_DEPTH_LIMIT_EXCEEDED(Unit.DEEPEST, "You have exceeded the number of levels of OUs."),
  POLICY_CONTENT_LIMIT_EXCEEDED(5120, "You have exceeded the maximum size of a policy document."),
  POLICY_NUMBER_LIMIT_EXCEEDED(1000, "You have exceeded the number of policies you can have.");

  private final int most;
  private final String sentence;

  Limit(int most, String sentence) {
    this.most = most;
    this.sentence = sentence;
  }

  /// Fails with `ConstraintViolationException` where `wanted` is more than there may be.
  void check(long wanted) {
    if (wanted > most) {
      throw refusal(sentence, name());
    }
  }

  /// The refusal for another of AWS's reasons.
  static ApiError refusal(String sentence, String reason) {
    return CONSTRAINT_VIOLATION.error(sentence).with("reason", reason);
  }
}
