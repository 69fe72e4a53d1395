package dev.daypass.broker.signingcertificates;

import dev.daypass.wire.iam.SigningCertificateMessages;
import dev.daypass.wire.iam.Status;
import java.time.Instant;

/// A certificate (X.509) that a user signs with.
///
/// @param body the certificate in PEM
public record SigningCertificate(
    String id, String account, String userId, String body, boolean active, Instant uploadedAt) {

  SigningCertificateMessages.SigningCertificate onWire(String userName) {
    return new SigningCertificateMessages.SigningCertificate(
        userName, id, body, Status.of(active), uploadedAt);
  }
}
