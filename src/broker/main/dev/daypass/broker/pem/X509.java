package dev.daypass.broker.pem;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Reads certificates (RFC 5280).
public final class X509 {
  private static final String LABEL = "CERTIFICATE";

  private X509() {}

  /// The certificate that is all there is in a text; absent where the text is anything else.
  public static Optional<X509Certificate> one(String text) {
    return Pem.one(text).flatMap(X509::of);
  }

  /// The certificate in a block; absent where it is none, or something stands behind it.
  public static Optional<X509Certificate> of(Pem pem) {
    if (!pem.label().equals(LABEL)) {
      return Optional.empty();
    }
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem.content()));
      return Arrays.equals(certificate.getEncoded(), pem.content())
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (CertificateException _) {
      return Optional.empty();
    }
  }

  /// The certificate's DER form.
  public static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new AssertionError("what was read can be written", e);
    }
  }

  /// The SHA-256 hash of the certificate's DER form, which is one however it is written.
  public static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(encoded(certificate));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /// Whether the certificate's period has begun and not ended.
  public static boolean validAt(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  /// Whether `issuer` is named as the certificate's issuer and its key made the signature.
  public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
    if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
