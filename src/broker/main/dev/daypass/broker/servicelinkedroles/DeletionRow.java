package dev.daypass.broker.servicelinkedroles;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "service_linked_role_deletion")
@NullUnmarked
class DeletionRow {
  @Id String taskId;
  String accountId;
  Instant deletedAt;

  static DeletionRow of(String account, DeletionTask task, Instant now) {
    DeletionRow row = new DeletionRow();
    row.taskId = task.id();
    row.accountId = account;
    row.deletedAt = now;
    return row;
  }
}
