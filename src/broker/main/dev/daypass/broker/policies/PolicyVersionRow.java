package dev.daypass.broker.policies;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "policy_version")
@IdClass(PolicyVersionRow.Key.class)
@NullUnmarked
class PolicyVersionRow {
  record Key(String policyId, int number) {}

  @Id String policyId;
  @Id int number;
  String document;
  Instant createdAt;

  static PolicyVersionRow of(String policyId, int number, String document, Instant now) {
    PolicyVersionRow row = new PolicyVersionRow();
    row.policyId = policyId;
    row.number = number;
    row.document = document;
    row.createdAt = now;
    return row;
  }
}
