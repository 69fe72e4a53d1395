package dev.daypass.broker.sshkeys;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "ssh_public_key")
@NullUnmarked
class SshPublicKeyRow {
  @Id String id;
  String accountId;
  String userId;
  byte[] publicKey;
  String comment;
  boolean active;
  Instant uploadedAt;

  SshPublicKey toKey() {
    return new SshPublicKey(
        id, accountId, userId, new SshRsaKey(publicKey, comment), active, uploadedAt);
  }

  static SshPublicKeyRow of(SshPublicKey key) {
    SshPublicKeyRow row = new SshPublicKeyRow();
    row.id = key.id();
    row.accountId = key.account();
    row.userId = key.userId();
    row.publicKey = key.key().blob();
    row.comment = key.key().comment();
    row.active = key.active();
    row.uploadedAt = key.uploadedAt();
    return row;
  }
}
