package dev.daypass.broker.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "access_key")
@NullUnmarked
class AccessKeyRow {
  @Id String id;
  String accountId;
  String userId;
  boolean active;
  byte[] sealedSecret;
  Instant createdAt;

  AccessKey toKey() {
    return new AccessKey(id, accountId, userId, active, createdAt);
  }

  static AccessKeyRow of(AccessKey key, byte[] sealedSecret) {
    AccessKeyRow row = new AccessKeyRow();
    row.id = key.id();
    row.accountId = key.account();
    row.userId = key.userId();
    row.active = key.active();
    row.sealedSecret = sealedSecret;
    row.createdAt = key.createdAt();
    return row;
  }
}
