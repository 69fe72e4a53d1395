package dev.daypass.wire.iam;

/// The managed policy that bounds what a user or role can be given.
public record AttachedPermissionsBoundary(
    String permissionsBoundaryType, String permissionsBoundaryArn) {
  /// AWS's model has one type of boundary, and its answers spell it this way.
  private static final String TYPE = "Policy";

  public static AttachedPermissionsBoundary of(String policyArn) {
    return new AttachedPermissionsBoundary(TYPE, policyArn);
  }
}
