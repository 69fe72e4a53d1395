package dev.daypass.broker.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "audit_event")
@NullUnmarked
class AuditRow {
  @Id UUID id;
  String accountId;
  Instant time;
  String eventSource;
  String eventName;
  String userName;
  String accessKeyId;
  String errorCode;

  @JdbcTypeCode(SqlTypes.JSON)
  String record;

  static AuditRow of(AuditEntry entry, String record) {
    AuditRow row = new AuditRow();
    row.id = entry.id();
    row.accountId = entry.account().orElse(null);
    row.time = entry.time();
    row.eventSource = entry.eventSource();
    row.eventName = entry.eventName();
    row.userName = entry.userName().orElse(null);
    row.accessKeyId = entry.accessKeyId().orElse(null);
    row.errorCode = entry.errorCode().orElse(null);
    row.record = record;
    return row;
  }
}
