package dev.daypass.broker.servicelinkedroles;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.roles.Role;
import dev.daypass.wire.iam.DeletionTaskId;
import java.util.UUID;

/// The deletion of a service-linked role.
///
/// @param role the path and name of the role: `/aws-service-role/SERVICE/ROLE`
record DeletionTask(String role, String uuid) {
  private static final String TASK = "task";
  private static final String FORM = TASK + Role.SERVICE_LINKED + "[^/]+/[^/]+/[^/]+";

  static DeletionTask of(Role role) {
    return new DeletionTask(role.path() + role.name(), UUID.randomUUID().toString());
  }

  /// `InvalidInput` where it is no task's id.
  static DeletionTask of(DeletionTaskId id) {
    if (!id.value().matches(FORM)) {
      throw INVALID_INPUT.error("Invalid deletion task id: " + id);
    }
    int slash = id.value().lastIndexOf('/');
    return new DeletionTask(
        id.value().substring(TASK.length(), slash), id.value().substring(slash + 1));
  }

  String id() {
    return TASK + role + "/" + uuid;
  }
}
