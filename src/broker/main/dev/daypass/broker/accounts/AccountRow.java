package dev.daypass.broker.bootstrap;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "account")
@NullUnmarked
class AccountRow {
  @Id String id;
  String name;
  Instant createdAt;

  static AccountRow of(String id, Instant now) {
    AccountRow row = new AccountRow();
    row.id = id;
    row.name = id;
    row.createdAt = now;
    return row;
  }
}
