package dev.daypass.broker.groups;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "group_member")
@IdClass(GroupMemberRow.Key.class)
@NullUnmarked
class GroupMemberRow {
  record Key(String groupId, String userId) {}

  @Id String groupId;
  @Id String userId;
  Instant addedAt;

  static GroupMemberRow of(String groupId, String userId, Instant now) {
    GroupMemberRow row = new GroupMemberRow();
    row.groupId = groupId;
    row.userId = userId;
    row.addedAt = now;
    return row;
  }
}
