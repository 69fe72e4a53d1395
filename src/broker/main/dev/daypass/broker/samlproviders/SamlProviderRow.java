package dev.daypass.broker.samlproviders;

import dev.daypass.wire.iam.AssertionEncryptionMode;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "saml_provider")
@NullUnmarked
class SamlProviderRow {
  @Id String arn;
  String accountId;
  String name;
  String uuid;
  String document;
  Instant validUntil;

  @Enumerated(EnumType.STRING)
  AssertionEncryptionMode encryptionMode;

  Instant createdAt;

  SamlProvider toProvider() {
    return new SamlProvider(
        accountId,
        name,
        uuid,
        document,
        validUntil,
        Optional.ofNullable(encryptionMode),
        createdAt);
  }

  static SamlProviderRow of(SamlProvider provider) {
    SamlProviderRow row = new SamlProviderRow();
    row.arn = provider.arn();
    row.accountId = provider.account();
    row.name = provider.name();
    row.uuid = provider.uuid();
    row.document = provider.document();
    row.validUntil = provider.validUntil();
    row.encryptionMode = provider.encryption().orElse(null);
    row.createdAt = provider.createdAt();
    return row;
  }
}
