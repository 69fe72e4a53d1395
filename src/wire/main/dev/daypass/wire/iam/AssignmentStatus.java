package dev.daypass.wire.iam;

/// Whether an MFA device belongs to a user.
public enum AssignmentStatus {
  ASSIGNED("Assigned"),
  UNASSIGNED("Unassigned"),
  ANY("Any");

  private final String wireName;

  AssignmentStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
