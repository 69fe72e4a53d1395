package dev.daypass.broker.grants;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "attached_policy")
@IdClass(AttachedPolicyRow.Key.class)
@NullUnmarked
class AttachedPolicyRow {
  record Key(String ownerId, String policyArn) {}

  @Id String ownerId;
  @Id String policyArn;
  Instant attachedAt;

  static AttachedPolicyRow of(String ownerId, String policyArn, Instant now) {
    AttachedPolicyRow row = new AttachedPolicyRow();
    row.ownerId = ownerId;
    row.policyArn = policyArn;
    row.attachedAt = now;
    return row;
  }
}
