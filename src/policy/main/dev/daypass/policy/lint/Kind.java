package dev.daypass.policy.lint;

/// How much a finding matters, in the words of Access Analyzer.
///
/// @see <a
///   href="https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html">ValidatePolicyFinding</a>
public enum Kind {
  /// A part of the policy does not work.
  ERROR,
  /// The policy lets more happen than its author can want.
  SECURITY_WARNING,
  /// The policy may not mean what its author believes.
  WARNING,
  /// The policy could say the same in a better way.
  SUGGESTION
}
