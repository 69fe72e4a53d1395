package dev.daypass.broker.signing;

/// The life of a key.
public enum KeyState {
  /// Published, so that everyone knows it before its first use.
  NEXT,
  /// Issues. One key of each purpose.
  ACTIVE,
  /// Issues no more; what it issued is still honoured until it has expired.
  VERIFY_ONLY,
  /// Its private half is gone, and nothing it issued is honoured.
  RETIRED
}
