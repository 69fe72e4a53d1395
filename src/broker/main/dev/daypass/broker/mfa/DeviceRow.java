package dev.daypass.broker.mfa;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "mfa_device")
@NullUnmarked
class DeviceRow {
  @Id String serialNumber;

  @Enumerated(EnumType.STRING)
  Device.Kind kind;

  String accountId;
  String userId;
  byte[] sealedSeed;
  String algorithm;
  Integer digits;
  Long lastStep;
  int failures;
  Instant enabledAt;

  Device toDevice() {
    return new Device(
        kind,
        serialNumber,
        accountId,
        Optional.ofNullable(userId),
        failures,
        Optional.ofNullable(enabledAt));
  }
}
