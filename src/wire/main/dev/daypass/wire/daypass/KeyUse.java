package dev.daypass.wire.daypass;

/// What a key of the broker is for.
public enum KeyUse {
  SESSION_TOKEN("SessionToken"),
  SESSION_SECRET("SessionSecret"),
  BEARER_TOKEN("BearerToken"),
  WEB_IDENTITY_TOKEN_ES384("WebIdentityTokenES384"),
  WEB_IDENTITY_TOKEN_RS256("WebIdentityTokenRS256"),
  AUDIT_DIGEST("AuditDigest");

  private final String wireName;

  KeyUse(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
