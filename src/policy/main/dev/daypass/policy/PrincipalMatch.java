package dev.daypass.policy;

/// How a principal is meant by a Principal element. It matters what follows from it: see
/// [Policies#decide].
enum PrincipalMatch {
  /// Not at all.
  NONE,
  /// As one of its account.
  ACCOUNT,
  /// As a session of the role, or of the user, that is named.
  VIA_PARENT,
  /// As anyone.
  ANY,
  /// Itself.
  DIRECT
}
