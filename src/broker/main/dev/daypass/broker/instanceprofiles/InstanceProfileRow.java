package dev.daypass.broker.instanceprofiles;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "instance_profile")
@NullUnmarked
class InstanceProfileRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  String roleId;
  Instant createdAt;

  InstanceProfile toProfile() {
    return new InstanceProfile(id, accountId, path, name, Optional.ofNullable(roleId), createdAt);
  }

  static InstanceProfileRow of(InstanceProfile profile) {
    InstanceProfileRow row = new InstanceProfileRow();
    row.id = profile.id();
    row.accountId = profile.account();
    row.path = profile.path();
    row.name = profile.name();
    row.roleId = profile.roleId().orElse(null);
    row.createdAt = profile.createdAt();
    return row;
  }
}
