package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.DateTime;
import dev.daypass.wire.rolesanywhere.SubjectMessages.CredentialSummary;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity(name = "X509CredentialRow")
@Table(name = "x509_credential")
@IdClass(CredentialRow.Key.class)
@NullUnmarked
class CredentialRow {
  record Key(String subjectId, String fingerprint) {}

  @Id String subjectId;
  @Id String fingerprint;
  String serialNumber;
  String issuer;
  String certificate;
  Instant seenAt;

  CredentialSummary onWire() {
    return new CredentialSummary(
        DateTime.of(seenAt), serialNumber, issuer, true, certificate, false);
  }
}
