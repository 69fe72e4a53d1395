package dev.daypass.broker.signing;

/// What a key of the broker is for. One key serves one purpose with one algorithm (RFC 8725 §3.1).
public enum KeyPurpose {
  /// Signs session tokens: Ed25519, published in the JWKS.
  SESSION_TOKEN,
  /// The root from which the secret access keys of sessions are derived: 32 random bytes, never
  /// published.
  SESSION_SECRET,
  /// Signs bearer tokens: ECDSA P-256 (ES256), published in the JWKS.
  BEARER_TOKEN,
  /// Signs tokens for services outside: ECDSA P-384 (ES384), published in the JWKS.
  WEB_IDENTITY_TOKEN_ES384,
  /// The same: RSA of 2048 bits (RS256), for those who cannot verify the other.
  WEB_IDENTITY_TOKEN_RS256,
  /// Signs digests of the trail: ECDSA P-256 (ES256), published in the JWKS.
  AUDIT_DIGEST
}
