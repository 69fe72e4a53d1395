package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.pem.Pem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/// Reads certificate revocation lists (RFC 5280 §5).
final class RevocationLists {
  /// AWS: how long one may be, in bytes.
  static final int LONGEST = 300_000;

  private static final String LABEL = "X509 CRL";
  private static final String DELTA = "2.5.29.27";
  private static final String DISTRIBUTION_POINT = "2.5.29.28";

  private RevocationLists() {}

  /// The list, from DER or PEM; `ValidationException` where the bytes are anything else.
  static X509CRL read(byte[] data) {
    byte[] der =
        Pem.one(new String(data, StandardCharsets.ISO_8859_1))
            .filter(pem -> pem.label().equals(LABEL))
            .map(Pem::content)
            .orElse(data);
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    } catch (CRLException | CertificateException _) {
      throw invalid("one certificate revocation list, in PEM or DER");
    }
  }

  /// The same; refused too unless one of these certificates signed it, for all that it issued.
  static X509CRL read(byte[] data, List<X509Certificate> issuers) {
    if (data.length > LONGEST) {
      throw invalid("no more than %d bytes".formatted(LONGEST));
    }
    X509CRL list = read(data);
    if (list.getExtensionValue(DELTA) != null
        || list.getExtensionValue(DISTRIBUTION_POINT) != null
        || list.hasUnsupportedCriticalExtension()) {
      throw invalid("a list of all that its issuer revoked, not of a part");
    }
    if (issuers.stream().noneMatch(issuer -> issued(issuer, list))) {
      throw invalid("a list that a certificate of the trust anchor signed");
    }
    return list;
  }

  private static boolean issued(X509Certificate issuer, X509CRL list) {
    if (!issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
      return false;
    }
    try {
      list.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static RuntimeException invalid(String what) {
    return VALIDATION_ERROR.error("crlData must hold %s.".formatted(what));
  }
}
