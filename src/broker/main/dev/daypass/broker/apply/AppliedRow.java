package dev.daypass.broker.apply;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "applied")
@IdClass(AppliedRow.Key.class)
@NullUnmarked
class AppliedRow {
  record Key(String ownerId, String part) {}

  @Id String ownerId;
  @Id String part;
  String accountId;

  static AppliedRow of(Mark mark, String accountId) {
    AppliedRow row = new AppliedRow();
    row.ownerId = mark.ownerId();
    row.part = mark.part();
    row.accountId = accountId;
    return row;
  }
}
