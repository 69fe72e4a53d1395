package dev.daypass.broker.mfa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "recovery_code")
@NullUnmarked
class RecoveryCodeRow {
  @Id String codeHash;
  String userId;

  static RecoveryCodeRow of(String user, String hash) {
    RecoveryCodeRow row = new RecoveryCodeRow();
    row.codeHash = hash;
    row.userId = user;
    return row;
  }
}
