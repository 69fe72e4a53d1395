package dev.daypass.wire.iam;

/// Whether an access key can be used.
public enum Status {
  ACTIVE("Active"),
  INACTIVE("Inactive");

  private final String wireName;

  Status(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
