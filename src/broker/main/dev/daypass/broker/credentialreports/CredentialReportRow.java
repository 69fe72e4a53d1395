package dev.daypass.broker.credentialreports;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "credential_report")
@NullUnmarked
class CredentialReportRow {
  @Id String accountId;
  Instant generatedAt;
  byte[] content;

  static CredentialReportRow of(String account, Instant now, byte[] content) {
    CredentialReportRow row = new CredentialReportRow();
    row.accountId = account;
    row.generatedAt = now;
    row.content = content;
    return row;
  }
}
