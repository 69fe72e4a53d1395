package dev.daypass.broker.signingcertificates;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "signing_certificate")
@NullUnmarked
class SigningCertificateRow {
  @Id String id;
  String accountId;
  String userId;
  String body;
  byte[] sha256;
  boolean active;
  Instant uploadedAt;

  SigningCertificate toCertificate() {
    return new SigningCertificate(id, accountId, userId, body, active, uploadedAt);
  }

  static SigningCertificateRow of(SigningCertificate certificate, byte[] sha256) {
    SigningCertificateRow row = new SigningCertificateRow();
    row.id = certificate.id();
    row.accountId = certificate.account();
    row.userId = certificate.userId();
    row.body = certificate.body();
    row.sha256 = sha256;
    row.active = certificate.active();
    row.uploadedAt = certificate.uploadedAt();
    return row;
  }
}
