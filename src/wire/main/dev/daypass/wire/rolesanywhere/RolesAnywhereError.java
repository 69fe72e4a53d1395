package dev.daypass.wire.rolesanywhere;

import dev.daypass.wire.WireError;

/// The errors of IAM Roles Anywhere that no other service has.
///
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Operations.html">Roles
///   Anywhere actions</a>
public enum RolesAnywhereError implements WireError {
  RESOURCE_NOT_FOUND("ResourceNotFoundException", 404);

  private final String wireName;
  private final int status;

  RolesAnywhereError(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String jsonName() {
    return wireName;
  }
}
