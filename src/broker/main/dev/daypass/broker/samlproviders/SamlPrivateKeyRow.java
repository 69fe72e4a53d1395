package dev.daypass.broker.samlproviders;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "saml_private_key")
@NullUnmarked
class SamlPrivateKeyRow {
  @Id String id;
  String providerArn;
  int slot;
  byte[] sealedKey;
  Instant addedAt;
}
