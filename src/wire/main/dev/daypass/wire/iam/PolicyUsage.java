package dev.daypass.wire.iam;

/// What a managed policy is used as.
public enum PolicyUsage {
  PERMISSIONS_POLICY("PermissionsPolicy"),
  PERMISSIONS_BOUNDARY("PermissionsBoundary");

  private final String wireName;

  PolicyUsage(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
