package dev.daypass.broker.groups;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "iam_group")
@NullUnmarked
class GroupRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  Instant createdAt;

  Group toGroup() {
    return new Group(id, accountId, path, name, createdAt);
  }

  static GroupRow of(Group group) {
    GroupRow row = new GroupRow();
    row.id = group.id();
    row.accountId = group.account();
    row.path = group.path();
    row.name = group.name();
    row.createdAt = group.createdAt();
    return row;
  }
}
