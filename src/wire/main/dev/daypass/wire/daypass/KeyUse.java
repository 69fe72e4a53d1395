package dev.daypass.wire.daypass;

/// What a key of the broker is for.
public enum KeyUse {
  SESSION_TOKEN("SessionToken"),
  SESSION_SECRET("SessionSecret"),
  BEARER_TOKEN("BearerToken");

  private final String wireName;

  KeyUse(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
