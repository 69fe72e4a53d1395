package dev.daypass.broker.documents;

import static dev.daypass.wire.ErrorCode.MALFORMED_POLICY_DOCUMENT;

import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicyType;

/// Policy documents on their way in: what cannot be evaluated cannot be saved.
public final class Documents {
  private Documents() {}

  /// Compiles a document, or fails with `MalformedPolicyDocument` in AWS's words.
  public static Policy parse(PolicyType type, String source, String text) {
    try {
      return Policy.parse(type, source, text);
    } catch (MalformedPolicy malformed) {
      throw MALFORMED_POLICY_DOCUMENT.error(malformed.reason());
    }
  }

  /// Compiles the document of a managed policy, which must be of the newest version.
  public static Policy parseManaged(String arn, String text) {
    Policy policy = parse(PolicyType.IDENTITY, arn, text);
    if (policy.version() != Policy.Version.V2012_10_17) {
      throw MALFORMED_POLICY_DOCUMENT.error(
          "Policy document must be version 2012-10-17 or greater.");
    }
    return policy;
  }
}
