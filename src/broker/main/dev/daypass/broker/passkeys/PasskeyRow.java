package dev.daypass.broker.passkeys;

import dev.daypass.broker.digests.Base64Url;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "passkey")
@NullUnmarked
class PasskeyRow {
  private static final String SEPARATOR = " ";

  @Id String serialNumber;
  byte[] credentialId;
  byte[] userHandle;
  byte[] publicKey;
  UUID aaguid;
  long signCount;
  String transports;
  boolean backupEligible;
  boolean backedUp;
  Instant lastUsedAt;

  Passkey toPasskey() {
    return new Passkey(
        serialNumber,
        Base64Url.encode(credentialId),
        Base64Url.encode(userHandle),
        publicKey,
        aaguid,
        signCount,
        transports.isEmpty() ? List.of() : List.of(transports.split(SEPARATOR)),
        backupEligible,
        backedUp,
        Optional.ofNullable(lastUsedAt));
  }

  static PasskeyRow of(Passkey passkey) {
    PasskeyRow row = new PasskeyRow();
    row.serialNumber = passkey.serialNumber();
    row.credentialId = Base64Url.decode(passkey.credentialId());
    row.userHandle = Base64Url.decode(passkey.userHandle());
    row.publicKey = passkey.publicKey();
    row.aaguid = passkey.aaguid();
    row.signCount = passkey.signCount();
    row.transports = String.join(SEPARATOR, passkey.transports());
    row.backupEligible = passkey.backupEligible();
    row.backedUp = passkey.backedUp();
    row.lastUsedAt = passkey.lastUsedAt().orElse(null);
    return row;
  }
}
