package dev.daypass.broker.enrolment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "enrolment_link")
@NullUnmarked
class EnrolmentLinkRow {
  @Id String userId;
  byte[] tokenHash;
  Instant expiresAt;

  static EnrolmentLinkRow of(String user, byte[] hash, Instant expiresAt) {
    EnrolmentLinkRow row = new EnrolmentLinkRow();
    row.userId = user;
    row.tokenHash = hash;
    row.expiresAt = expiresAt;
    return row;
  }
}
