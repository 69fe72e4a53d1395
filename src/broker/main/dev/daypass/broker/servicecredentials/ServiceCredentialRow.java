package dev.daypass.broker.servicecredentials;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "service_credential")
@NullUnmarked
class ServiceCredentialRow {
  @Id String id;
  String accountId;
  String userId;
  String serviceName;
  String login;
  byte[] secretSha256;
  boolean active;
  Instant createdAt;
  Instant expiresAt;

  ServiceCredential toCredential() {
    return new ServiceCredential(
        id,
        accountId,
        userId,
        Service.named(serviceName),
        login,
        active,
        createdAt,
        Optional.ofNullable(expiresAt));
  }

  static ServiceCredentialRow of(ServiceCredential credential, byte[] secretSha256) {
    ServiceCredentialRow row = new ServiceCredentialRow();
    row.id = credential.id();
    row.accountId = credential.account();
    row.userId = credential.userId();
    row.serviceName = credential.service().wireName();
    row.login = credential.login();
    row.secretSha256 = secretSha256;
    row.active = credential.active();
    row.createdAt = credential.createdAt();
    row.expiresAt = credential.expiresAt().orElse(null);
    return row;
  }
}
