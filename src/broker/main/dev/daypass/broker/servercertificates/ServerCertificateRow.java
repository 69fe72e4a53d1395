package dev.daypass.broker.servercertificates;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "server_certificate")
@NullUnmarked
class ServerCertificateRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  String body;
  String chain;
  Instant uploadedAt;
  Instant expiresAt;

  ServerCertificate toCertificate() {
    return new ServerCertificate(
        id, accountId, path, name, body, Optional.ofNullable(chain), uploadedAt, expiresAt);
  }

  static ServerCertificateRow of(ServerCertificate certificate) {
    ServerCertificateRow row = new ServerCertificateRow();
    row.id = certificate.id();
    row.accountId = certificate.account();
    row.path = certificate.path();
    row.name = certificate.name();
    row.body = certificate.body();
    row.chain = certificate.chain().orElse(null);
    row.uploadedAt = certificate.uploadedAt();
    row.expiresAt = certificate.expiresAt();
    return row;
  }
}
