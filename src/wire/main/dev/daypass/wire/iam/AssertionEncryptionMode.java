package dev.daypass.wire.iam;

/// Whether the assertions of an identity provider must be encrypted, or merely can be.
public enum AssertionEncryptionMode {
  REQUIRED("Required"),
  ALLOWED("Allowed");

  private final String wireName;

  AssertionEncryptionMode(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
