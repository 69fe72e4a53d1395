package dev.daypass.broker.lastaccessed;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "access_report")
@NullUnmarked
class AccessReportRow {
  @Id String id;
  String accountId;
  String ownerId;
  boolean actionLevel;
  Instant createdAt;
  String content;
  int size;
}
