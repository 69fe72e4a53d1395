package dev.daypass.broker.logins;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "former_password")
@IdClass(FormerPasswordRow.Key.class)
@NullUnmarked
class FormerPasswordRow {
  record Key(String userId, Instant replacedAt) {}

  @Id String userId;
  @Id Instant replacedAt;
  String passwordHash;

  static FormerPasswordRow of(LoginProfile replaced, Instant now) {
    FormerPasswordRow row = new FormerPasswordRow();
    row.userId = replaced.userId();
    row.replacedAt = now;
    row.passwordHash = replaced.passwordHash();
    return row;
  }
}
