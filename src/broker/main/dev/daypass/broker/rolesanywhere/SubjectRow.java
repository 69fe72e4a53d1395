package dev.daypass.broker.rolesanywhere;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "x509_subject")
@NullUnmarked
class SubjectRow {
  @Id String id;
  String accountId;
  String region;
  String name;
  Instant createdAt;
  Instant lastSeenAt;

  Subject toSubject() {
    return new Subject(id, accountId, region, name, createdAt, lastSeenAt);
  }
}
