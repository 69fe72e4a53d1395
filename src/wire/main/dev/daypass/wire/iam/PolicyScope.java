package dev.daypass.wire.iam;

/// Whose managed policies are meant.
public enum PolicyScope {
  ALL("All"),
  AWS("AWS"),
  LOCAL("Local");

  private final String wireName;

  PolicyScope(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
