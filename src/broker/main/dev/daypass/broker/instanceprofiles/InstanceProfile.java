package dev.daypass.broker.instanceprofiles;

import dev.daypass.broker.roles.Role;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.InstanceProfileMessages;
import dev.daypass.wire.iam.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A name that a machine is started with, for the role whose sessions it gets.
///
/// @param roleId the unique id of the role in it
public record InstanceProfile(
    String id,
    String account,
    String path,
    String name,
    Optional<String> roleId,
    Instant createdAt) {

  public String arn() {
    return Arn.iam(account, "instance-profile" + path + name).toString();
  }

  /// As lists show it.
  InstanceProfileMessages.InstanceProfile listed(Optional<Role> role) {
    return shown(role, Optional.empty());
  }

  /// As GetInstanceProfile shows it.
  InstanceProfileMessages.InstanceProfile onWire(Optional<Role> role, List<Tag> tags) {
    return shown(role, tags.isEmpty() ? Optional.empty() : Optional.of(tags));
  }

  private InstanceProfileMessages.InstanceProfile shown(
      Optional<Role> role, Optional<List<Tag>> tags) {
    return new InstanceProfileMessages.InstanceProfile(
        path, name, id, arn(), createdAt, role.map(Role::listed).stream().toList(), tags);
  }
}
