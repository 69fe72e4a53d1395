package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.pem.Pem;
import dev.daypass.broker.pem.X509;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// Reads the certificates of trust anchors.
final class Bundles {
  private static final int MOST = 10;

  private Bundles() {}

  /// The certificates; `ValidationException` where the text is anything else.
  static List<X509Certificate> read(String text) {
    return Pem.several(text, MOST)
        .orElseThrow(() -> invalid("1 to %d certificates in PEM".formatted(MOST)))
        .stream()
        .map(pem -> X509.of(pem).orElseThrow(() -> invalid("certificates only")))
        .toList();
  }

  /// The same; refused too where one could vouch for nobody now.
  static List<X509Certificate> read(String text, Instant now) {
    List<X509Certificate> certificates = read(text);
    for (X509Certificate certificate : certificates) {
      if (!Requirements.isAuthority(certificate)) {
        throw invalid(
            "certificates of version 3 of certificate authorities (basic constraints CA: true, key"
                + " usage keyCertSign)");
      }
      if (!Requirements.isStrong(certificate)) {
        throw invalid("RSA keys of 2048 to 8192 bits, or EC keys on P-256, P-384 or P-521");
      }
      if (!X509.validAt(certificate, now)) {
        throw invalid("certificates that are valid now");
      }
    }
    return certificates;
  }

  private static RuntimeException invalid(String what) {
    return VALIDATION_ERROR.error("x509CertificateData must hold %s.".formatted(what));
  }
}
